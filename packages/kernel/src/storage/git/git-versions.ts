import { rm } from "node:fs/promises"
import { NexusError } from "@nexus/protocol"
import type { NewVersion, Versions } from "../versions.ts"
import { blobId } from "./blob-id.ts"
import { listRefs, listVersions, moveRef, namesOf, refOf, refusedMove } from "./git-refs.ts"
import { expectDone, GitRepository, hex } from "./git-repository.ts"
import type { GitWriter } from "./git-writer.ts"
import { GitWriters } from "./git-writers.ts"

/**
 * Versions in Git: one bare repository a workspace, which anybody may clone and read. A commit is streamed into
 * `git fast-import` under no ref and the branch moves by compare-and-set, so there is no working tree, no index and no
 * moment in which a half-written commit can be seen.
 */
export interface GitVersionsOptions {
  /** Holds a folder a workspace. */
  readonly dir: string
  /** Only PATH and what the system needs to start a program are passed on. */
  readonly env: NodeJS.ProcessEnv
}

const MAIN = "main"

export function createGitVersions({ dir, env }: GitVersionsOptions): Versions {
  const of = (workspace: string) => new GitRepository(dir, workspace, env)
  const writers = new GitWriters()
  const headOf = (repository: GitRepository, branch: string) =>
    repository.branchHead(refOf({ kind: "branch", name: branch }))

  const add = async (repository: GitRepository, writer: GitWriter, version: NewVersion): Promise<string> => {
    const { branch = MAIN, parent, merged, files, owns } = version
    const ref = refOf({ kind: "branch", name: branch })
    const known = parent ? await writer.tree(hex(parent)) : new Map<string, string>()
    const blobs = new Map([...files].map(([path, text]) => [path, blobId(text)]))
    if (parent && !merged && sameFiles(known, blobs, owns)) {
      throw new NexusError({ code: "conflict", detail: "Nothing has changed since the last commit." })
    }
    const id = await writer.write({ ...version, known, blobs })
    const moved = await writer.move(`update ${ref} ${id} ${parent ?? "0".repeat(40)}`)
    if (moved.code === 0) return id
    const now = await headOf(repository, branch)
    if (now === id) return id
    if (now === parent) throw refusedMove(moved.stderr)
    throw new NexusError({ code: "conflict", detail: "Somebody else has committed meanwhile. Try again." })
  }

  return {
    async commit(workspace, version) {
      const repository = of(workspace)
      await repository.prepare()
      return writers.use(repository, (writer) => add(repository, writer, version))
    },

    head: async (workspace, branch = MAIN) => headOf(of(workspace), branch),

    async history(workspace, limit, from, folder, skip = 0) {
      const repository = of(workspace)
      const start = from ?? (await headOf(repository, MAIN))
      return start === undefined ? [] : listVersions(repository, start, { limit, skip, folder })
    },

    async resolve(workspace, ref) {
      if (!/^[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}$/.test(ref) || ref.includes("..")) {
        const detail = "a commit is named by its id, or by a branch or tag of letters, digits and . _ - /"
        throw new NexusError({ code: "invalid-input", detail, path: "ref" })
      }
      const names = namesOf(ref)
      const id = names.length > 0 ? await of(workspace).firstCommit(names) : undefined
      if (id) return id
      throw new NexusError({ code: "not-found", what: "commit", id: ref })
    },

    async read(workspace, id, wants) {
      const repository = of(workspace)
      const tree = await repository.tree(id, wants)
      const list = [...tree.values()].map((blob) => `${hex(blob)}\n`).join("")
      const { stdout } = expectDone(await repository.run(["cat-file", "--batch"], list), "read a commit")
      return new Map(zip([...tree.keys()], blobsOf(stdout)))
    },

    refs: (workspace) => listRefs(of(workspace)),
    moveRef: (workspace, ref, move) => moveRef(of(workspace), ref, move),

    async mergeBase(workspace, a, b) {
      const { code, stdout, stderr } = await of(workspace).run(["merge-base", "--end-of-options", hex(a), hex(b)])
      if (code === 0) return hex(stdout.toString("utf8").trim())
      if (code === 1) return undefined
      throw new Error(`git has not found a common commit (exit ${code}): ${stderr.trim()}`)
    },

    rest: (workspace) => writers.end(of(workspace)),
    close: () => writers.close(),

    async forget(workspace) {
      const repository = of(workspace)
      await writers.end(repository)
      await rm(repository.dir, { recursive: true, force: true })
    },
  }
}

/** Is what we own of this tree the same as `blobs`? */
function sameFiles(
  tree: ReadonlyMap<string, string>,
  blobs: ReadonlyMap<string, string>,
  owns: NewVersion["owns"],
): boolean {
  const owned = owns ? [...tree.keys()].filter(owns).length : tree.size
  return owned === blobs.size && [...blobs].every(([path, blob]) => tree.get(path) === blob)
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
