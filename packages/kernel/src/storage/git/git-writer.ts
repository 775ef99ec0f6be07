import { readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import type { GitResult } from "./git-process.ts"
import { expectDone, type GitRepository, hex } from "./git-repository.ts"
import { type ImportedVersion, importStream, WRITTEN } from "./import-stream.ts"
import type { StandingGit } from "./standing-git.ts"

/**
 * Writes commits into one repository through a `git fast-import` and a `git update-ref` that stay between them: to start a
 * process for each step of each commit took longer than the steps. A commit is acknowledged by two answers: its objects
 * are on the disk (a checkpoint, fsynced), then the branch has moved by compare-and-set (fsynced). Whatever ends in between
 * leaves objects that no branch names, which is what a commit that never was looks like to git.
 *
 * What the last commit holds is remembered, so that the next one is compared with it and not with a listing.
 */
export class GitWriter {
  readonly #repository: GitRepository
  #importer: StandingGit | undefined
  #mover: StandingGit | undefined
  #last: { readonly id: string; readonly tree: ReadonlyMap<string, string> } | undefined

  constructor(repository: GitRepository) {
    this.#repository = repository
  }

  /** Path → blob id of a commit's plain files. */
  async tree(id: string): Promise<ReadonlyMap<string, string>> {
    return this.#last?.id === id ? this.#last.tree : this.#repository.tree(id)
  }

  /** Makes a commit that no ref names yet, on the disk for good, and gives its id. */
  async write(version: ImportedVersion): Promise<string> {
    const stream = importStream(version)
    const ask = async () => (await this.#standingImporter()).ask(stream, WRITTEN)
    const first = await ask()
    // To write the same again is harmless.
    const { stdout } = expectDone(first.code === KILLED ? await ask() : first, "wrote a commit")
    const id = hex(stdout.toString("utf8").trim())
    this.#last = { id, tree: treeOf(version) }
    return id
  }

  /**
   * One transaction of `git update-ref`. A refusal is a `code`, and ends the process that gave it. Where the process was
   * killed it is asked again, and a move that was made before is then refused: who is refused looks where the ref is.
   */
  async move(line: string): Promise<GitResult> {
    const ask = () => this.#standingMover().ask(`start\n${line}\ncommit\n`, "commit: ok")
    const first = await ask()
    return first.code === KILLED ? ask() : first
  }

  /** Ends both, when what they were asked is done. */
  async close(): Promise<void> {
    this.#last = undefined
    await Promise.all([this.#importer?.close(), this.#mover?.close()])
  }

  #standingMover(): StandingGit {
    if (!this.#mover?.alive) this.#mover = this.#repository.stand(["update-ref", "--no-deref", "--stdin"])
    return this.#mover
  }

  async #standingImporter(): Promise<StandingGit> {
    if (this.#importer?.alive) return this.#importer
    await removeReports(this.#repository.dir)
    this.#importer = this.#repository.stand(["fast-import", "--quiet", "--done"], "done\n")
    return this.#importer
  }
}

/** The code of a process that ended by a signal. */
const KILLED = -1

/** A fast-import whose kernel ended without a word leaves a report of it; nobody reads them. */
async function removeReports(dir: string): Promise<void> {
  const reports = (await readdir(dir)).filter((name) => /^fast_import_crash_\d+$/.test(name))
  await Promise.all(reports.map((name) => rm(join(dir, name), { force: true })))
}

function treeOf({ blobs, known, owns }: ImportedVersion): ReadonlyMap<string, string> {
  if (!owns) return blobs
  return new Map([...[...known].filter(([path]) => !owns(path)), ...blobs])
}
