import { appendFileSync } from "node:fs"
import { createSqliteJournal, type Journal } from "@nexus/kernel/storage"
import type { Change, Json } from "@nexus/protocol"
import { generator } from "./generator.ts"
import { saidRecord } from "./record.ts"

/**
 * A program of its own that writes to a journal as fast as it is answered, from several workspaces, until it is killed:
 * changes, snapshots and values. It says before what it asks and afterwards what it was promised. What an earlier program
 * asked and was not answered it asks again first, as a client does.
 *
 *     node flows/disk/journal-load.ts JOURNAL RECORD SEED '["workspace submission", …]'
 */
export const WORKSPACES = ["a", "b", "c"]
const SNAPSHOT_EVERY = 60
const RETRY_MS = 15

/** The one change that may stand under this submission. */
export function changeOf(workspace: string, seq: number, submission: string): Change {
  const fill = generator([...submission].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) >>> 0)
  const cause = { actor: { kind: "person" as const, id: "ada", name: "Ada" }, reason: "x".repeat(fill(400)) }
  return { workspace, seq, submission, cause, operations: [], at: seq }
}

/** The one snapshot that may be there of this seq. */
export function snapshotOf(workspace: string, seq: number) {
  const entities = Array.from({ length: 1 + (seq % 700) }, (_, index) => ({
    id: `n${index}`,
    kind: "concept" as const,
    name: `${seq} of ${workspace}`.padEnd(120, "."),
    properties: { index } satisfies Json,
    scope: workspace,
  }))
  return { workspace, seq, entities, relationships: [] }
}

class Writer {
  readonly #journal: Journal
  readonly #workspace: string
  readonly #say: (...words: (string | number)[]) => void
  readonly #random: (below: number) => number
  readonly #life: string
  #epoch = 0
  #seq = 0
  #asked = 0

  constructor(journal: Journal, workspace: string, say: Writer["say"], life: string) {
    this.#journal = journal
    this.#workspace = workspace
    this.#say = say
    this.#random = generator(Number(life) + workspace.charCodeAt(0))
    this.#life = life
  }

  get say() {
    return this.#say
  }

  async write(open: readonly string[]): Promise<never> {
    const journal = this.#journal
    await this.#untilItWorks(async () => {
      await journal.create(this.#workspace)
      await this.#take()
    })
    await this.#append(open)
    for (;;) {
      const count = 1 + this.#random(12)
      const submissions = Array.from({ length: count }, () => `${this.#life}.${this.#workspace}.${++this.#asked}`)
      const before = this.#seq
      await this.#append(submissions)
      if (Math.floor(before / SNAPSHOT_EVERY) !== Math.floor(this.#seq / SNAPSHOT_EVERY)) await this.#saveSnapshot()
      if (this.#random(4) === 0) await this.#setValue()
    }
  }

  /** Many at once; those that failed are asked again once the journal was taken anew. */
  async #append(submissions: readonly string[]): Promise<void> {
    let open = submissions
    while (open.length > 0) {
      const from = this.#seq
      const results = await Promise.allSettled(
        open.map((submission, index) => {
          const change = changeOf(this.#workspace, from + index + 1, submission)
          this.#say("ask", this.#workspace, submission)
          return this.#journal.append(change, this.#epoch).then(() => {
            this.#say("change", this.#workspace, submission, change.seq)
            this.#seq = change.seq
          })
        }),
      )
      open = open.filter((_, index) => results[index]?.status === "rejected")
      if (open.length === 0) return
      await this.#untilItWorks(() => this.#take())
      const found = await Promise.all(open.map((submission) => this.#find(submission)))
      open = open.filter((_, index) => !found[index])
    }
  }

  /** It may be there though nobody said so; then that is the answer. */
  async #find(submission: string): Promise<boolean> {
    const change = await this.#journal.find(this.#workspace, submission)
    if (change) this.#say("change", this.#workspace, submission, change.seq)
    return change !== undefined
  }

  async #take(): Promise<void> {
    this.#epoch = await this.#journal.acquire(this.#workspace)
    for (let page = await this.#changes(); page.length > 0; page = await this.#changes()) this.#seq += page.length
  }

  #changes(): Promise<readonly Change[]> {
    return this.#journal.changes(this.#workspace, this.#seq, 1000)
  }

  async #saveSnapshot(): Promise<void> {
    const seq = this.#seq
    try {
      await this.#journal.saveSnapshot(snapshotOf(this.#workspace, seq), this.#epoch)
      this.#say("snapshot", this.#workspace, seq)
    } catch {
      await this.#untilItWorks(() => this.#take())
    }
  }

  async #setValue(): Promise<void> {
    const [key, value] = [`k${this.#random(5)}`, `${this.#life} ${this.#asked}`]
    this.#say("try", this.#workspace, key, value)
    try {
      await this.#journal.values.set(this.#workspace, "kv", key, value)
      this.#say("value", this.#workspace, key, value)
    } catch {
      await this.#untilItWorks(() => this.#take())
    }
  }

  async #untilItWorks(work: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await work()
      } catch {
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      }
    }
  }
}

if (import.meta.main) {
  const [path = "", recordPath = "", life = "1", asked = "[]"] = process.argv.slice(2)
  const open: string[][] = (JSON.parse(asked) as string[]).map((entry) => entry.split(" "))
  const say: Writer["say"] = (...words) => appendFileSync(recordPath, saidRecord(words.join(" ")))
  const journal = await createSqliteJournal(path)
  console.log("ready")
  await Promise.all(
    WORKSPACES.map((workspace) => {
      const own = open.flatMap(([of, submission]) => (of === workspace && submission ? [submission] : []))
      return new Writer(journal, workspace, say, life).write(own)
    }),
  )
}
