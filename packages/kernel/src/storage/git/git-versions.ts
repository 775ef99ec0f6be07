import { existsSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { createId, NexusError } from "@nexus/protocol"
import type { Files, NewVersion, Version, Versions } from "../versions.ts"
import { blobId } from "./blob-id.ts"
import { type GitResult, runGit } from "./git-process.ts"
import { importStream } from "./import-stream.ts"

/**
 * Versions in Git: one bare repository a workspace, which anybody may clone and read. A commit is streamed into
 * `git fast-import` under a ref of its own and the branch moves by compare-and-set, so there is no working tree, no
 * index and no moment in which a half-written commit can be seen.
 */
export interface GitVersionsOptions {
  /** Holds a folder a workspace. */
  readonly dir: string
  /** Only PATH and what the system needs to start a program are passed on. */
  readonly env: NodeJS.ProcessEnv
}

const BRANCH = "refs/heads/main"
const HEX = /^[0-9a-f]{40}$/

export function createGitVersions({ dir: root, env }: GitVersionsOptions): Versions {
  const repository = (workspace: string) => join(root, workspace)
  const exists = (workspace: string) => existsSync(join(repository(workspace), "HEAD"))
  const run = (workspace: string, args: readonly string[], input?: string | Buffer) =>
    runGit({ dir: repository(workspace), args, ...(input === undefined ? {} : { input }) }, env)

  const prepare = async (workspace: string) => {
    if (exists(workspace)) return
    await mkdir(root, { recursive: true, mode: 0o700 })
    const args = ["init", "--bare", "--quiet", "--template=", "--initial-branch=main"]
    expectDone(await run(workspace, args), "made a repository")
  }

  const commitOf = async (workspace: string, ref: string): Promise<string | undefined> => {
    if (!exists(workspace)) return undefined
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]
    const { code, stdout } = await run(workspace, args)
    const id = stdout.toString("utf8").trim()
    return code === 0 && HEX.test(id) ? id : undefined
  }

  /** Path → blob id. */
  const treeOf = async (workspace: string, id: string): Promise<ReadonlyMap<string, string>> => {
    const args = ["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", hex(id)]
    const { stdout } = expectDone(await run(workspace, args), "listed a commit")
    const entries = stdout.toString("utf8").split("\0").filter(Boolean)
    return new Map(
      entries.flatMap((entry) => {
        const match = /^100644 blob ([0-9a-f]{40})\t(.+)$/s.exec(entry)
        return match?.[1] && match[2] ? [[match[2], match[1]] as const] : []
      }),
    )
  }

  const add = async (workspace: string, version: NewVersion): Promise<string> => {
    await prepare(workspace)
    const before = version.parent ? await treeOf(workspace, version.parent) : new Map<string, string>()
    if (version.parent && sameFiles(before, version.files)) {
      throw new NexusError({ code: "conflict", detail: "Nothing has changed since the last commit." })
    }
    const draft = `refs/nexus/${createId("draft")}`
    const stream = importStream({ ...version, ref: draft, known: before })
    const imported = expectDone(await run(workspace, ["fast-import", "--quiet", "--done"], stream), "wrote a commit")
    const id = hex(imported.stdout.toString("utf8").trim())
    const moves = `start\nupdate ${BRANCH} ${id} ${version.parent ?? "0".repeat(40)}\ndelete ${draft} ${id}\ncommit\n`
    const moved = await run(workspace, ["update-ref", "--no-deref", "--stdin"], moves)
    if (moved.code !== 0) {
      await run(workspace, ["update-ref", "--no-deref", "-d", draft, id])
      throw refusedMove((await commitOf(workspace, BRANCH)) === version.parent, moved.stderr)
    }
    return id
  }

  return {
    commit: add,
    head: (workspace) => commitOf(workspace, BRANCH),

    async history(workspace, limit) {
      const head = await commitOf(workspace, BRANCH)
      if (!head) return []
      const args = ["log", "-z", `--max-count=${Math.trunc(limit)}`, "--no-notes", "--format=%H%n%ct%n%an%n%B"]
      const { stdout } = expectDone(await run(workspace, [...args, "--end-of-options", head]), "read the history")
      return stdout.toString("utf8").split("\0").filter(Boolean).map(versionOf)
    },

    async resolve(workspace, ref) {
      if (!/^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/.test(ref) || ref.includes("..")) {
        const detail = "a commit is named by its id, or by a branch or tag of letters, digits and . _ - /"
        throw new NexusError({ code: "invalid-input", detail, path: "ref" })
      }
      const id = await commitOf(workspace, ref)
      if (id) return id
      throw new NexusError({ code: "not-found", what: "commit", id: ref })
    },

    async read(workspace, id) {
      const tree = await treeOf(workspace, id)
      const list = [...tree.values()].map((blob) => `${hex(blob)}\n`).join("")
      const { stdout } = expectDone(await run(workspace, ["cat-file", "--batch"], list), "read a commit")
      return new Map(zip([...tree.keys()], blobsOf(stdout)))
    },
  }
}

/** The only text that becomes an argument behind a template. */
function hex(id: string): string {
  if (HEX.test(id)) return id
  throw new Error(`"${id.slice(0, 60)}" is not a commit id`)
}

function expectDone(result: GitResult, what: string): GitResult {
  if (result.code === 0) return result
  throw new Error(`git has not ${what} (exit ${result.code}): ${result.stderr.trim()}`)
}

function refusedMove(unmoved: boolean, stderr: string): NexusError {
  if (!unmoved) return new NexusError({ code: "conflict", detail: "Somebody else has committed meanwhile. Try again." })
  const locked = /'([^']+\.lock)'/.exec(stderr)?.[1]
  const detail = locked
    ? `an interrupted commit left the lock ${locked}. Remove it when no git is running there, and commit again.`
    : "Git could not move the branch; is the disk full or read-only?"
  return new NexusError({ code: "unavailable", what: "Version history", detail })
}

function sameFiles(tree: ReadonlyMap<string, string>, files: Files): boolean {
  return tree.size === files.size && [...files].every(([path, text]) => tree.get(path) === blobId(text))
}

function versionOf(entry: string): Version {
  const [id = "", seconds = "0", author = "", ...body] = entry.split("\n")
  const text = body.join("\n").trim()
  const trailer = /(?:^|\n\n)Nexus-Seq: (\d+)$/.exec(text)
  const message = trailer ? text.slice(0, trailer.index).trim() : text
  const seq = trailer?.[1] === undefined ? {} : { seq: Number(trailer[1]) }
  return { id, message, author, atMs: Number(seconds) * 1000, ...seq }
}

/** Reads `<id> blob <size>\n<bytes>\n` one after the other. */
function* blobsOf(output: Buffer): Generator<string> {
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at)
    const size = Number(output.toString("utf8", at, end).split(" ")[2])
    if (end < 0 || !Number.isInteger(size)) throw new Error("git cat-file gave something else than files")
    yield output.toString("utf8", end + 1, end + 1 + size)
    at = end + 1 + size + 1
  }
}

function* zip<Left, Right>(left: readonly Left[], right: Iterable<Right>): Generator<readonly [Left, Right]> {
  let index = 0
  for (const item of right) {
    const key = left[index]
    if (key !== undefined) yield [key, item]
    index += 1
  }
}
