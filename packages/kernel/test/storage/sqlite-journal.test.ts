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

  it("falls back to the snapshot before when the newest is torn", async () => {
    const path = freshPath()
    const journal = await createSqliteJournal(path)
    await journal.create("w")
    const epoch = await journal.acquire("w")
    for (const seq of [1, 2, 3]) {
      await journal.saveSnapshot({ workspace: "w", seq, entities: [], relationships: [] }, epoch)
    }
    const other = new DatabaseSync(path)
    expect(other.prepare("SELECT count(*) AS kept FROM snapshots").get()).toEqual({ kept: 2 })
    other.exec("UPDATE snapshots SET body = substr(body, 1, 20) WHERE seq = 3")
    expect(await journal.loadSnapshot("w")).toMatchObject({ seq: 2 })
    other.exec("UPDATE snapshots SET body = replace(body, '2', '7') WHERE seq = 2")
    expect(await journal.loadSnapshot("w")).toBeUndefined()
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
