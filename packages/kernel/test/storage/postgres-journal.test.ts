import type { Change } from "@nexus/protocol"
import pg from "pg"
import { beforeAll, describe, expect, it, onTestFinished } from "vitest"
import { journalKeepsItsWord } from "../../acceptance/journal.ts"
import { sharedPostgres, startPrivatePostgres } from "../../acceptance/private-postgres.ts"
import { createPostgresJournal } from "../../src/storage/postgres-journal.ts"

const freshUrl = async () => (await sharedPostgres()).createDatabase()

// The server starts once, outside any test's time.
beforeAll(() => sharedPostgres())

journalKeepsItsWord("PostgreSQL", async () => createPostgresJournal(await freshUrl()))

describe("the PostgreSQL journal", () => {
  it("is there again when the database is opened anew", async () => {
    const url = await freshUrl()
    const first = await createPostgresJournal(url)
    await first.create("w")
    await first.append(change(1), await first.acquire("w"))
    await first.values.set("w", "secrets", "token", '"x"')
    await first.close()
    const second = await createPostgresJournal(url)
    expect(await second.changes("w", 0, 10)).toEqual([change(1)])
    expect(await second.values.get("w", "secrets", "token")).toBe('"x"')
    await second.close()
  })

  it("lets no append of an earlier epoch stand behind the moment in which the workspace was taken", async () => {
    const url = await freshUrl()
    const [first, second] = await Promise.all([createPostgresJournal(url), createPostgresJournal(url)])
    await first.create("w")
    let epoch = await first.acquire("w")
    let seq = 0
    for (let round = 0; round < 20; round += 1) {
      const racing = Array.from({ length: 20 }, (_, index) => first.append(change(seq + index + 1), epoch))
      const [taken, ...answers] = await Promise.all([
        second.acquire("w"),
        ...racing.map((append) => append.then(() => true).catch(() => false)),
      ])
      const seen = (await second.changes("w", seq, 100)).length
      expect(answers.filter(Boolean).length).toBe(seen)
      await expect(first.append(change(seq + seen + 1), epoch)).rejects.toMatchObject({
        failure: { code: "lease-lost" },
      })
      await second.append({ ...change(seq + seen + 1), submission: `second${round}` }, taken)
      seq += seen + 1
      epoch = await first.acquire("w")
    }
    await Promise.all([first.close(), second.close()])
  })

  it("falls back to the snapshot before when the newest is torn, and keeps two", async () => {
    const url = await freshUrl()
    const journal = await createPostgresJournal(url)
    await journal.create("w")
    const epoch = await journal.acquire("w")
    for (const seq of [1, 2, 3]) {
      await journal.saveSnapshot({ workspace: "w", seq, entities: [], relationships: [] }, epoch)
    }
    const other = new pg.Client(url)
    await other.connect()
    const { rows } = await other.query("SELECT seq FROM journal.snapshot_pieces ORDER BY seq")
    expect(rows).toEqual([{ seq: "2" }, { seq: "3" }])
    await other.query("UPDATE journal.snapshot_pieces SET body = substr(body, 1, 20) WHERE seq = 3")
    expect(await journal.loadSnapshot("w")).toMatchObject({ seq: 2 })
    await other.query("UPDATE journal.snapshot_pieces SET body = replace(body, '2', '7') WHERE seq = 2")
    expect(await journal.loadSnapshot("w")).toBeUndefined()
    await other.end()
    await journal.close()
  })

  it("says which change of which workspace is damaged, and reads the others", async () => {
    const url = await freshUrl()
    const journal = await createPostgresJournal(url)
    await journal.create("w")
    const epoch = await journal.acquire("w")
    for (const seq of [1, 2, 3]) await journal.append(change(seq), epoch)
    const other = new pg.Client(url)
    await other.connect()
    await other.query("UPDATE journal.changes SET body = substr(body, 1, 20) WHERE seq = 2")
    await other.end()
    await expect(journal.changes("w", 0, 10)).rejects.toThrow('change 2 of workspace "w" is damaged.')
    expect(await journal.changes("w", 2, 10)).toEqual([change(3)])
    await journal.close()
  })

  it("loses its connections in the middle of writing and knows afterwards what was written", async () => {
    const url = await freshUrl()
    const journal = await createPostgresJournal(url)
    await journal.create("w")
    const epoch = await journal.acquire("w")
    const other = new pg.Client(url)
    await other.connect()
    const appends = Array.from({ length: 400 }, (_, index) => journal.append(change(index + 1), epoch))
    const cut = other.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'nexus' AND datname = current_database()",
    )
    const answers = await Promise.all(appends.map((append) => append.then(() => true).catch(() => false)))
    await cut
    const seqs = (await journal.changes("w", 0, 1000)).map(({ seq }) => seq)
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => index + 1))
    for (const [index, acknowledged] of answers.entries()) if (acknowledged) expect(seqs).toContain(index + 1)
    await journal.append({ ...change(seqs.length + 1), submission: "after" }, await journal.acquire("w"))
    await other.end()
    await journal.close()
  })

  it("refuses every request once it is closed, with one sentence", async () => {
    const journal = await createPostgresJournal(await freshUrl())
    await journal.close()
    await expect(journal.workspaces()).rejects.toMatchObject({ failure: { code: "unavailable" } })
  })

  it("refuses a server that does not wait for its disk", async () => {
    const careless = await startPrivatePostgres({ fsync: "off" })
    onTestFinished(() => careless.close())
    await expect(createPostgresJournal(await careless.createDatabase())).rejects.toThrow("needs fsync=on")
  })
})

function change(seq: number): Change {
  const cause = { actor: { kind: "person" as const, id: "ada", name: "Ada" }, reason: "a test" }
  return { workspace: "w", seq, submission: `s${seq}`, cause, operations: [], at: 1000 + seq }
}
