import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { devNull } from "node:os"
import { NexusError } from "@nexus/protocol"

/**
 * One run of git. Its arguments come from templates in this folder and from ids that were checked to be hex; no text a
 * person typed becomes an argument before that. Nothing that stands in a repository or on the machine can make git run
 * another program: no system or global configuration, no hooks, no file monitor, no attributes, no transport.
 */
export interface GitRun {
  readonly dir: string
  readonly args: readonly string[]
  readonly input?: string | Buffer
  /** The one way to another repository that this run may take; none otherwise. */
  readonly transport?: GitTransport
}

export interface GitTransport {
  readonly protocol: "file" | "ssh"
  /** The whole `ssh` command with its options; no word of it was typed by whoever asks. */
  readonly sshCommand?: string
  /** Ends the run. */
  readonly signal?: AbortSignal
}

export interface GitResult {
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
}

const HARDENED = [
  `core.hooksPath=${devNull}`,
  "core.fsmonitor=false",
  `core.attributesFile=${devNull}`,
  `core.excludesFile=${devNull}`,
  "core.alternateRefsCommand=",
  "core.pager=cat",
  "core.fsync=all",
  "protocol.allow=never",
  "gpg.program=",
  "commit.gpgSign=false",
  "log.showSignature=false",
  "log.mailmap=false",
  "gc.auto=0",
  "maintenance.auto=false",
].flatMap((setting) => ["-c", setting])

export const TIMEOUT_MS = 60_000
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024

/** What git gets to know of our environment. */
function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TMPDIR } = env
  return {
    ...(PATH === undefined ? {} : { PATH }),
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_ALLOW_PROTOCOL: "",
    GIT_NO_REPLACE_OBJECTS: "1",
    // zlib takes and gives back 256 KB an object, and glibc would do the same with the system: 40 times the time of a commit.
    MALLOC_TOP_PAD_: "16777216",
    MALLOC_TRIM_THRESHOLD_: "134217728",
  }
}

/** What opens one transport and leaves the others shut. */
function ways(transport: GitTransport | undefined): NodeJS.ProcessEnv {
  if (!transport) return {}
  const { protocol, sshCommand } = transport
  const ssh = sshCommand === undefined ? {} : { GIT_SSH_COMMAND: sshCommand, GIT_SSH_VARIANT: "ssh" }
  return { GIT_ALLOW_PROTOCOL: protocol, ...ssh }
}

/** Starts git on the bare repository `dir`; it is ended after `timeoutMs`, if that is said. */
export function startGit(
  { dir, args, transport, timeoutMs }: Omit<GitRun, "input"> & { readonly timeoutMs?: number },
  env: NodeJS.ProcessEnv,
): ChildProcessWithoutNullStreams {
  return spawn("git", [`--git-dir=${dir}`, "--no-pager", "--no-replace-objects", ...HARDENED, ...args], {
    env: { ...environment(env), ...ways(transport) },
    ...(transport?.signal ? { signal: transport.signal } : {}),
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    stdio: ["pipe", "pipe", "pipe"],
    killSignal: "SIGKILL",
    windowsHide: true,
  })
}

/** Runs git on the bare repository `dir`. Rejects only when git cannot run; a refusal is a `code`. */
export function runGit({ input, ...run }: GitRun, env: NodeJS.ProcessEnv): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = startGit({ ...run, timeoutMs: TIMEOUT_MS }, env)
    const out: Buffer[] = []
    let size = 0
    let stderr = ""
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_OUTPUT_BYTES) child.kill("SIGKILL")
      else out.push(chunk)
    })
    child.stderr.on("data", (chunk: Buffer) => {
      if (stderr.length < 4000) stderr += chunk.toString("utf8")
    })
    child.on("error", (cause) => reject(missing(cause)))
    child.on("close", (code) => resolve({ code: code ?? -1, stdout: Buffer.concat(out), stderr }))
    // Git may end before it has read everything; its exit code says why.
    child.stdin.on("error", () => {})
    child.stdin.end(input ?? "")
  })
}

export function missing(cause: Error): Error {
  if (!("code" in cause) || cause.code !== "ENOENT") return cause
  const detail =
    "Git is not installed on this machine. Install it (apt install git, brew install git, or git-scm.com) and try again; everything else keeps working."
  return new NexusError({ code: "unavailable", what: "Version history", detail }, { cause })
}
