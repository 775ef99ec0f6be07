import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import type { Change } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { journalKeepsItsWord } from "../../acceptance/journal.ts"
import { createSqliteJournal } from "../../src/storage/sqlite-journal.ts"

const freshPath = () => join(mkdtempSync(join(tmpdir(), "nexus-journal-")), "journal.sqlite")

journalKeepsItsWord("SQLite", () => createSqliteJournal(freshPath()))

describe("the SQLite journal on its disk", () => {
  it("is there again when the file is opened anew", async () => {
    const path = freshPath()
    const first = await createSqliteJournal(path)
    await first.create("w")
    await first.append(change(1), await first.acquire("w"))
    await first.values.set("w", "secrets", "token", '"x"')
    await first.close()
    const second = await createSqliteJournal(path)
    expect(await second.changes("w", 0, 10)).toEqual([change(1)])
    expect(await second.values.get("w", "secrets", "token")).toBe('"x"')
    await second.close()
  })

  it("says which change of which workspace is damaged, and reads the others", async () => {
    const path = freshPath()
    const journal = await createSqliteJournal(path)
    await journal.create("w")
    const epoch = await journal.acquire("w")
    for (const seq of [1, 2, 3]) await journal.append(change(seq), epoch)
    const other = new DatabaseSync(path)
    other.exec("UPDATE changes SET body = substr(body, 1, 20) WHERE seq = 2")
    other.close()
    await expect(journal.changes("w", 0, 10)).rejects.toThrow('change 2 of workspace "w" is damaged.')
    expect(await journal.changes("w", 2, 10)).toEqual([change(3)])
    await journal.close()
  })

  it("falls back to the snapshot before when the newest is torn", async () => {
    const path = freshPath()
    const journal = await createSqliteJournal(path)
    await journal.create("w")
    const epoch = await journal.acquire("w")
    for (const seq of [1, 2, 3]) {
      await journal.saveSnapshot({ workspace: "w", seq, entities: [], relationships: [] }, epoch)
    }
    const other = new DatabaseSync(path)
    expect(other.prepare("SELECT count(*) AS kept FROM whole_snapshots").get()).toEqual({ kept: 2 })
    other.exec("UPDATE snapshot_pieces SET body = substr(body, 1, 20) WHERE seq = 3")
    expect(await journal.loadSnapshot("w")).toMatchObject({ seq: 2 })
    other.exec("UPDATE snapshot_pieces SET body = replace(body, '2', '7') WHERE seq = 2")
    expect(await journal.loadSnapshot("w")).toBeUndefined()
    other.close()
    await journal.close()
  })

  it("writes a big snapshot in pieces, between which changes get in, and keeps two", async () => {
    const path = freshPath()
    const journal = await createSqliteJournal(path)
    await journal.create("w")
    const epoch = await journal.acquire("w")
    const entities = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        id: `n${index}`,
        kind: "concept" as const,
        name: "é\u2028".repeat(200),
        properties: { index },
        scope: "w",
      }))
    const snapshot = (seq: number, count: number) => ({
      workspace: "w",
      seq,
      entities: entities(count),
      relationships: [],
    })
    let saved = false
    const saving = journal.saveSnapshot(snapshot(1, 2000), epoch).then(() => {
      saved = true
    })
    await journal.append(change(1), epoch)
    await journal.append(change(2), epoch)
    expect(saved).toBe(false)
    await saving
    for (const [seq, count] of [
      [2, 2500],
      [3, 10],
      [4, 1000],
    ] as const) {
      await journal.saveSnapshot(snapshot(seq, count), epoch)
      expect(await journal.loadSnapshot("w")).toEqual(snapshot(seq, count))
    }
    const other = new DatabaseSync(path)
    const kept = other.prepare("SELECT seq, pieces FROM whole_snapshots ORDER BY seq").all()
    expect(kept.map(({ seq }) => seq)).toEqual([3, 4])
    const pieces = other.prepare("SELECT seq, count(*) AS pieces FROM snapshot_pieces GROUP BY seq ORDER BY seq").all()
    // What is left of the one before goes piece by piece as the next is written.
    expect(pieces.slice(-2)).toEqual(kept)
    expect(pieces.length).toBeLessThanOrEqual(3)
    other.close()
    await journal.close()
  })

  it("acknowledges nothing when the disk is full, and goes on when there is room", async () => {
    const journal = await createSqliteJournal(freshPath(), { maxBytes: 200_000 })
    await journal.create("w")
    const epoch = await journal.acquire("w")
    const big = { ...change(1), cause: { ...change(1).cause, traceId: "x".repeat(300_000) } }
    await expect(journal.append(big, epoch)).rejects.toMatchObject({ failure: { code: "unavailable" } })
    expect(await journal.changes("w", 0, 10)).toEqual([])
    await journal.append(change(1), epoch)
    expect(await journal.changes("w", 0, 10)).toEqual([change(1)])
    await journal.close()
  })

  it("refuses every request once it is closed", async () => {
    const journal = await createSqliteJournal(freshPath())
    await journal.close()
    await expect(journal.workspaces()).rejects.toMatchObject({ failure: { code: "unavailable" } })
  })
})

function change(seq: number): Change {
  const cause = { actor: { kind: "person" as const, id: "ada", name: "Ada" }, reason: "a test" }
  return { workspace: "w", seq, submission: `s${seq}`, cause, operations: [], at: 1000 + seq }
}
