import { join } from "node:path"
import { createSqliteJournal } from "@nexus/kernel/storage"
import { equalJson, type Json } from "@nexus/protocol"
import { changeOf, snapshotOf, WORKSPACES } from "./journal-load.ts"

/** What a reopened journal was found to lack, or to have twice. */
export interface Found {
  readonly lost: number
  readonly duplicated: number
  /** A journal that does not open, a change that is not what was appended, a snapshot that is not whole. */
  readonly damaged: readonly string[]
}

/** What `journal-load` said it asked, and what it was promised; and whether a journal keeps it. */
export class Promises {
  readonly #asked = new Set<string>()
  readonly #changes = new Map<string, number>()
  readonly #snapshots = new Map<string, number>()
  /** The promised value of a key, and those that were tried since. */
  readonly #values = new Map<string, { promised: string | undefined; tried: Set<string> }>()

  get acknowledged(): number {
    return this.#changes.size
  }

  /** Asked and never answered: whoever asked asks again. */
  get open(): readonly string[] {
    return [...this.#asked].filter((entry) => !this.#changes.has(entry))
  }

  said(text: string): void {
    const [kind, workspace = "", ...rest] = text.split(" ")
    if (kind === "ask") this.#asked.add(`${workspace} ${rest[0]}`)
    if (kind === "change") this.#changes.set(`${workspace} ${rest[0]}`, Number(rest[1]))
    if (kind === "snapshot") this.#snapshots.set(workspace, Number(rest[0]))
    if (kind !== "try" && kind !== "value") return
    const [key, ...words] = rest
    const value = this.#values.get(`${workspace} ${key}`) ?? { promised: undefined, tried: new Set() }
    this.#values.set(`${workspace} ${key}`, value)
    if (kind === "try") value.tried.add(words.join(" "))
    else {
      value.promised = words.join(" ")
      value.tried.clear()
    }
  }

  /** After a power cut what was not promised may have come about or not; what is there now is what counts. */
  async check(folder: string): Promise<Found> {
    const damaged: string[] = []
    let [lost, duplicated] = [0, 0]
    try {
      const journal = await createSqliteJournal(join(folder, "journal.sqlite"))
      try {
        for (const workspace of WORKSPACES) {
          const found = await this.#checkChanges(journal, workspace)
          lost += found.lost + (await this.#checkValues(journal, workspace))
          duplicated += found.duplicated
          damaged.push(...found.damaged)
          const snapshot = await journal.loadSnapshot(workspace)
          if ((snapshot?.seq ?? 0) < (this.#snapshots.get(workspace) ?? 0)) damaged.push(`a snapshot of ${workspace}`)
          if (snapshot && !same(snapshot, snapshotOf(workspace, snapshot.seq))) damaged.push("another snapshot")
        }
      } finally {
        await journal.close()
      }
    } catch (error) {
      damaged.push(String(error))
    }
    return { lost, duplicated, damaged }
  }

  async #checkChanges(journal: Journal, workspace: string): Promise<Found> {
    const damaged: string[] = []
    const seqs = new Map<string, number>()
    let duplicated = 0
    let last = 0
    for (let page = await journal.changes(workspace, 0, 1000); page.length > 0; ) {
      for (const change of page) {
        last += 1
        if (change.seq !== last) damaged.push(`change ${change.seq} stands where ${last} belongs`)
        if (!same(change, changeOf(workspace, last, change.submission))) damaged.push(`change ${last} is another`)
        if (seqs.has(change.submission)) duplicated += 1
        seqs.set(change.submission, change.seq)
      }
      page = await journal.changes(workspace, last, 1000)
    }
    const promised = [...this.#changes].filter(([entry]) => entry.startsWith(`${workspace} `))
    const lost = promised.filter(([entry, seq]) => seqs.get(entry.slice(workspace.length + 1)) !== seq).length
    return { lost, duplicated, damaged }
  }

  async #checkValues(journal: Journal, workspace: string): Promise<number> {
    let lost = 0
    for (const [entry, { promised, tried }] of this.#values) {
      const [of, key = ""] = entry.split(" ")
      if (of !== workspace) continue
      const now = await journal.values.get(workspace, "kv", key)
      if (now !== promised && !(now !== undefined && tried.has(now))) lost += 1
    }
    return lost
  }
}

type Journal = Awaited<ReturnType<typeof createSqliteJournal>>

function same(given: unknown, wanted: unknown): boolean {
  return equalJson(given as Json, wanted as Json)
}
