import { readdir, stat } from "node:fs/promises"
import { devNull } from "node:os"
import { join } from "node:path"
import { NexusError, RefName } from "@nexus/protocol"
import type { HostKey, Remote, RemotePlace, Remotes } from "../remotes.ts"
import type { GitResult, GitTransport } from "./git-process.ts"
import { refOf } from "./git-refs.ts"
import { GitRepository, hex, isHex } from "./git-repository.ts"
import { nameOfHost } from "./host-keys.ts"
import { refuseBorrowing } from "./refuse-borrowing.ts"
import { parseRemoteUrl, transportsOf } from "./remote-url.ts"
import type { SshAccess } from "./ssh-access.ts"

/**
 * Push and fetch by git itself, over the one transport that the address names, for the length of one run. What comes in is
 * checked object by object and watched in size; submodules, tags and hooks that were not asked for stay where they are.
 * The other end of a path on this machine is a git of ours too, and runs as hardened as the rest: a hook in a repository
 * somebody put there is not run by us.
 */
export interface GitRemotesOptions {
  readonly dir: string
  readonly env: NodeJS.ProcessEnv
  /** Beginnings of addresses that may be reached. */
  readonly opened: readonly string[]
  /** Without it, no ssh. */
  readonly ssh?: SshAccess
  readonly maxBytes?: number
}

const MAX_BYTES = 256 * 1024 * 1024
const MAX_REFS = 500
const WATCH_MS = 100

const CHECKED = [
  "transfer.fsckObjects=true",
  "fetch.fsckObjects=true",
  "fetch.unpackLimit=1",
  "fetch.recurseSubmodules=false",
  "submodule.recurse=false",
  "transfer.bundleURI=false",
  "transfer.credentialsInUrl=die",
  "push.followTags=false",
].flatMap((setting) => ["-c", setting])

/** Ours at the other end of a path. It is a constant: no typed word is part of a shell's line. */
const OTHER_END = `git -c core.hooksPath=${devNull} -c core.fsmonitor=false -c receive.fsckObjects=true -c receive.autogc=false -c core.fsync=all`

export function createGitRemotes({ dir, env, opened, ssh, maxBytes = MAX_BYTES }: GitRemotesOptions): Remotes {
  const of = (workspace: string) => new GitRepository(dir, workspace, env)
  const transports = transportsOf(opened).filter((protocol) => protocol === "file" || ssh !== undefined)

  const run = async (repository: GitRepository, place: RemotePlace, args: readonly string[], input?: string) => {
    if (place.protocol === "ssh") {
      if (ssh) return ssh.withCommand(place, (command) => watched(repository, args, input, byCommand(command)))
      throw new NexusError({ code: "forbidden", detail: "This kernel was started without ssh." })
    }
    await refuseBorrowing(place.url)
    return watched(repository, args, input, { protocol: "file" })
  }
  const watched = async (
    repository: GitRepository,
    args: readonly string[],
    input: string | undefined,
    transport: GitTransport,
  ) => {
    const objects = join(repository.dir, "objects")
    const before = await bytesOf(objects)
    const tooLarge = new NexusError({ code: "too-large", what: "repository", limit: maxBytes, unit: "bytes" })
    const watch = new AbortController()
    const grown = async () => (await bytesOf(objects)) - before > maxBytes
    const look = () =>
      grown().then(
        (much) => much && watch.abort(),
        () => undefined,
      )
    const timer = setInterval(look, WATCH_MS)
    try {
      const result = await repository.run([...CHECKED, ...args], input, { ...transport, signal: watch.signal })
      if (await grown()) throw tooLarge
      return result
    } catch (error) {
      throw watch.signal.aborted ? tooLarge : error
    } finally {
      clearInterval(timer)
    }
  }
  const end = (place: RemotePlace, what: "upload-pack" | "receive-pack") =>
    place.protocol === "file" ? [`--${what}=${OTHER_END} ${what}`] : []
  const fetch = async (repository: GitRepository, from: RemotePlace, refspecs: readonly string[]) => {
    const quiet = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance"]
    const args = ["fetch", ...quiet, ...end(from, "upload-pack"), "--stdin", "--end-of-options", from.url]
    return run(repository, from, args, refspecs.map((refspec) => `${refspec}\n`).join(""))
  }

  return {
    transports,
    parse: (url) => parseRemoteUrl(url, opened),
    publicKey: async () => (transports.includes("ssh") ? ssh?.publicKey() : undefined),
    hostKeys: async (place) => (place.protocol === "ssh" && ssh ? ssh.hostKeys(place) : []),

    async push(workspace, to, branch, commit) {
      const repository = of(workspace)
      const ref = refOf({ kind: "branch", name: branch })
      const quiet = ["--porcelain", "--no-verify", "--no-follow-tags", "--no-signed", "--recurse-submodules=no"]
      const args = ["push", ...quiet, ...end(to, "receive-pack"), "--end-of-options", to.url, `${hex(commit)}:${ref}`]
      const result = await run(repository, to, args)
      if (result.code !== 0) throw refusedPush(result, to)
      await noteFetched(repository, to, branch, commit)
    },

    async fetch(workspace, from, branch) {
      const repository = of(workspace)
      await repository.prepare()
      const there = refOf({ kind: "branch", name: branch })
      const here = refOf({ kind: "remote", name: `${from.name}/${branch}` })
      const result = await fetch(repository, from, [`+${there}:${here}`])
      if (/couldn't find remote ref/.test(result.stderr)) {
        throw new NexusError({ code: "not-found", what: "branch", id: `${from.name}/${branch}` })
      }
      if (result.code !== 0) throw notReached(result, from)
      const commit = await repository.firstCommit([here])
      if (commit) return commit
      throw new NexusError({ code: "not-found", what: "branch", id: `${from.name}/${branch}` })
    },

    async copy(workspace, from) {
      const repository = of(workspace)
      await repository.prepare()
      const args = ["ls-remote", "--quiet", "--symref", ...end(from, "upload-pack"), "--end-of-options", from.url]
      const listed = await run(repository, from, [...args, "HEAD", "refs/heads/*", "refs/tags/*"])
      if (listed.code !== 0) throw notReached(listed, from)
      const lines = listed.stdout.toString("utf8").split("\n")
      const refs = [...new Set(lines.flatMap((line) => plainRef(line) ?? []))]
      if (refs.length > MAX_REFS)
        throw new NexusError({ code: "too-large", what: "repository", limit: MAX_REFS, unit: "branches and tags" })
      const branches = refs.flatMap((ref) => (ref.startsWith("refs/heads/") ? [ref.slice("refs/heads/".length)] : []))
      const stands = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(lines.join("\n"))?.[1]
      const branch = [stands, "main", "master", branches[0]].find(
        (name) => name !== undefined && branches.includes(name),
      )
      if (branch === undefined)
        throw new NexusError({ code: "not-found", what: "branch of the repository", id: from.url })
      const fetched = await fetch(
        repository,
        from,
        refs.map((ref) => `${ref}:${ref}`),
      )
      if (fetched.code !== 0) throw notReached(fetched, from)
      const head = refOf({ kind: "branch", name: branch })
      await repository.done("chosen a branch", ["symbolic-ref", "HEAD", head])
      return branch
    },
  }
}

/** A branch or tag whose name we can hold; others stay behind. */
function plainRef(line: string): string | undefined {
  const [id = "", ref = ""] = line.split("\t")
  const name = /^refs\/(?:heads|tags)\/(.+)$/.exec(ref)?.[1]
  return isHex(id) && name !== undefined && RefName.safeParse(name).success ? ref : undefined
}

async function noteFetched(repository: GitRepository, to: Remote, branch: string, commit: string): Promise<void> {
  const ref = refOf({ kind: "remote", name: `${to.name}/${branch}` })
  await repository.run(["update-ref", "--no-deref", "--stdin"], `update ${ref} ${hex(commit)}\n`)
}

function refusedPush(result: GitResult, to: Remote): NexusError {
  const said = `${result.stdout.toString("utf8")}\n${result.stderr}`
  if (!/\[(?:remote )?rejected\]/.test(said)) return notReached(result, to)
  if (!/fetch first|non-fast-forward|stale info/.test(said)) {
    const detail = `${to.name} did not take the branch: ${firstWords(said.replaceAll(/^(?!.*rejected).*$/gm, "").trim())}`
    return new NexusError({ code: "conflict", detail })
  }
  const detail = `${to.name} has commits that are not here. Pull them first, then push again.`
  return new NexusError({ code: "conflict", detail })
}

function byCommand(sshCommand: string): GitTransport {
  return { protocol: "ssh", sshCommand }
}

function notReached({ stderr }: GitResult, { url, hostKey }: RemotePlace): NexusError {
  if (/Host key verification failed/.test(stderr)) return otherHostKey(url, hostKey)
  if (/Permission denied \(/.test(stderr)) return keyNotKnown(url)
  const detail = `it could not be read or written: ${firstWords(stderr)}. Check the address, and that this kernel's key may reach it.`
  return new NexusError({ code: "unavailable", what: `The repository ${url}`, detail })
}

/** Nothing was sent: ssh looks at the host's key before it shows its own. */
function otherHostKey(url: string, accepted: HostKey | undefined): NexusError {
  const known = accepted?.fingerprint ?? "the one it is known by here"
  const detail = `The host ${nameOfHost(url)} shows another key than ${known}: it was set up anew, or somebody stands between. Nothing was sent. Ask whoever runs it for the fingerprint of its key, then add the repository again and compare.`
  return new NexusError({ code: "forbidden", detail })
}

function keyNotKnown(url: string): NexusError {
  const detail =
    "its host does not know this kernel's key. Add the public key that stands with the other repositories to those it lets in, and try again."
  return new NexusError({ code: "unavailable", what: `The repository ${url}`, detail })
}

/** What the other side said, short and without control characters: it is theirs, not ours. */
function firstWords(text: string): string {
  return (
    text
      .replaceAll(/\p{Cc}+/gu, " ")
      .trim()
      .slice(0, 200) || "it said nothing"
  )
}

async function bytesOf(dir: string): Promise<number> {
  let bytes = 0
  // Git moves files while we look.
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size
  }
  return bytes
}
