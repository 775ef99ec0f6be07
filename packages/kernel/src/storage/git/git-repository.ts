import { constants, existsSync } from "node:fs"
import { mkdir, open } from "node:fs/promises"
import { join } from "node:path"
import { NexusError } from "@nexus/protocol"
import { type GitResult, type GitTransport, runGit } from "./git-process.ts"
import { StandingGit } from "./standing-git.ts"

/** The bare repository of one workspace, and git run on it. `root` holds a folder a workspace. */
export class GitRepository {
  readonly dir: string
  readonly #root: string
  readonly #env: NodeJS.ProcessEnv

  constructor(root: string, workspace: string, env: NodeJS.ProcessEnv) {
    this.#root = root
    this.dir = join(root, workspace)
    this.#env = env
  }

  get exists(): boolean {
    return existsSync(join(this.dir, "HEAD"))
  }

  run(args: readonly string[], input?: string | Buffer, transport?: GitTransport): Promise<GitResult> {
    const more = { ...(input === undefined ? {} : { input }), ...(transport === undefined ? {} : { transport }) }
    return runGit({ dir: this.dir, args, ...more }, this.#env)
  }

  /** Starts a git that stays; `farewell` is what it is told at the end. */
  stand(args: readonly string[], farewell = ""): StandingGit {
    return new StandingGit({ dir: this.dir, args }, farewell, this.#env)
  }

  /** Runs git and gives what it wrote; `what` names the work in the failure. */
  async done(what: string, args: readonly string[], input?: string | Buffer): Promise<string> {
    return expectDone(await this.run(args, input), what).stdout.toString("utf8")
  }

  async prepare(): Promise<void> {
    if (this.exists) return
    await mkdir(this.#root, { recursive: true, mode: 0o700 })
    await this.done("made a repository", ["init", "--bare", "--quiet", "--template=", "--initial-branch=main"])
  }

  /**
   * The commit behind the first of these names that is one. They are read from git's input, one a line, so that none of
   * them is an argument.
   */
  async firstCommit(names: readonly string[]): Promise<string | undefined> {
    if (!this.exists) return undefined
    const list = names.map((name) => `${name}^{commit}\n`).join("")
    const { stdout } = await this.run(["cat-file", "--batch-check=%(objectname) %(objecttype)"], list)
    for (const line of stdout.toString("utf8").split("\n")) {
      const [id = "", type] = line.split(" ")
      if (type === "commit" && isHex(id)) return id
    }
    return undefined
  }

  /**
   * The commit of a branch (`refs/heads/…`). Where the branch is a plain file with an id in it, as git leaves one that
   * has moved, no process is needed to read it; a packed one, a link or anything else is read by git.
   */
  async branchHead(ref: string): Promise<string | undefined> {
    return (await plainId(join(this.dir, ref))) ?? this.firstCommit([ref])
  }

  /** Path → blob id, of plain files alone: links, executables and other repositories are no part of a workspace. */
  async tree(id: string, wants?: (path: string) => boolean): Promise<ReadonlyMap<string, string>> {
    const args = ["ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", hex(id)]
    const listed = await this.done("listed a commit", args)
    const tree = new Map<string, string>()
    let bytes = 0
    for (const entry of listed.split("\0")) {
      const [, blob, size, path] = /^100644 blob ([0-9a-f]{40}) +(\d+)\t(.+)$/s.exec(entry) ?? []
      if (blob === undefined || path === undefined || (wants && !wants(path))) continue
      tree.set(path, blob)
      bytes += Number(size)
    }
    refuseAbove("version", MAX_FILES, tree.size, "files")
    refuseAbove("version", MAX_BYTES, bytes, "bytes")
    return tree
  }
}

async function plainId(path: string): Promise<string | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined)
  try {
    // A folder can be opened too, and not read.
    const read = await file?.read({ buffer: Buffer.alloc(64) }).catch(() => undefined)
    return /^([0-9a-f]{40})\n$/.exec(read?.buffer.toString("latin1", 0, read.bytesRead) ?? "")?.[1]
  } finally {
    await file?.close()
  }
}

/** More than any workspace holds; a repository that somebody else made may. */
const MAX_FILES = 100_000
const MAX_BYTES = 200 * 1024 * 1024

function refuseAbove(what: string, limit: number, actual: number, unit: string): void {
  if (actual > limit) throw new NexusError({ code: "too-large", what, limit, actual, unit })
}

const HEX = /^[0-9a-f]{40}$/

export function isHex(id: string): boolean {
  return HEX.test(id)
}

/** The only text that becomes an argument behind a template. */
export function hex(id: string): string {
  if (HEX.test(id)) return id
  throw new Error(`"${id.slice(0, 60)}" is not a commit id`)
}

export function expectDone(result: GitResult, what: string): GitResult {
  if (result.code === 0) return result
  throw new Error(`git has not ${what} (exit ${result.code}): ${result.stderr.trim()}`)
}
