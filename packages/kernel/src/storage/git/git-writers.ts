import type { GitRepository } from "./git-repository.ts"
import { GitWriter } from "./git-writer.ts"

/** The writers that stand ready: few at a time, and none for long when nobody commits. One at work is never ended. */
export class GitWriters {
  readonly #writers = new Map<string, Ready>()

  /** Lends `act` the writer of a repository that exists. */
  async use<Result>(repository: GitRepository, act: (writer: GitWriter) => Promise<Result>): Promise<Result> {
    const { dir } = repository
    const ready = this.#writers.get(dir) ?? { writer: new GitWriter(repository), acts: new Set(), timer: undefined }
    clearTimeout(ready.timer)
    // Put last: the first of the map is the one that was used longest ago.
    this.#writers.delete(dir)
    this.#writers.set(dir, ready)
    const [oldest] = this.#writers.keys()
    if (this.#writers.size > MOST && oldest !== undefined) void this.#end(oldest)
    const acting = act(ready.writer)
    ready.acts.add(acting)
    try {
      return await acting
    } finally {
      ready.acts.delete(acting)
      clearTimeout(ready.timer)
      if (this.#writers.get(dir) === ready) ready.timer = setTimeout(() => void this.#end(dir), IDLE_MS).unref()
    }
  }

  /** Resolves when nothing of ours writes there any more. */
  end({ dir }: GitRepository): Promise<void> {
    return this.#end(dir)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#writers.keys()].map((dir) => this.#end(dir)))
  }

  async #end(dir: string): Promise<void> {
    const ready = this.#writers.get(dir)
    this.#writers.delete(dir)
    clearTimeout(ready?.timer)
    await Promise.allSettled(ready?.acts ?? [])
    await ready?.writer.close()
  }
}

interface Ready {
  readonly writer: GitWriter
  readonly acts: Set<Promise<unknown>>
  timer: NodeJS.Timeout | undefined
}

const IDLE_MS = 30_000
const MOST = 8
