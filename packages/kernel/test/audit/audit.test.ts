import { expect, test } from "vitest"
import { createAudit } from "../../src/audit/create-audit.ts"
import { withAccounts } from "../accounts/with-accounts.ts"

async function written() {
  const { database, clock } = await withAccounts()
  const audit = createAudit(database, () => clock.now)
  // By hand: whoever registers is in the log already.
  const ada = await database.user.create({ data: { id: "user_ada", name: "Ada", createdAt: 0n } })
  const all = Array.from({ length: 8 }, (_, index) =>
    audit.record({
      actor: ada.id,
      action: "member.role-set",
      workspace: index % 2 ? "odd" : "even",
      target: `user_${index}`,
      detail: { role: "editor", index },
      address: `10.0.0.${index}`,
    }),
  )
  await Promise.all(all)
  return { audit, database, ada, clock }
}

test("entries are written in the order of the calls, each chained to the one before", async () => {
  const { audit, ada } = await written()
  const { entries, more } = await audit.read({ person: ada.id, limit: 5 })
  expect(more).toBe(true)
  expect(entries.map(({ n }) => n)).toEqual([8, 7, 6, 5, 4])
  expect(entries[0]).toMatchObject({
    actor: { id: ada.id, name: "Ada" },
    action: "member.role-set",
    detail: { role: "editor", index: 7 },
    address: "10.0.0.7",
    previous: entries[1]?.hash,
  })
  expect(await audit.verify()).toEqual({ ok: true, entries: 8, head: { n: 8, hash: entries[0]?.hash } })
})

test("an owner reads their workspace's entries, page by page, and no other's", async () => {
  const { audit } = await written()
  const first = await audit.read({ workspace: "odd", limit: 3 })
  expect([first.entries.map(({ n }) => n), first.more]).toEqual([[8, 6, 4], true])
  const rest = await audit.read({ workspace: "odd", limit: 3, before: 4 })
  expect([rest.entries.map(({ n }) => n), rest.more]).toEqual([[2], false])
  const all = []
  for await (const { n } of audit.all({ workspace: "even" })) all.push(n)
  expect(all).toEqual([1, 3, 5, 7])
})

const TAMPERED = {
  "a changed actor": ['UPDATE "AuditEntry" SET "actor" = \'eve\' WHERE n = 4', 4, "it is not what was written"],
  "a changed time": ['UPDATE "AuditEntry" SET "at" = "at" + 1 WHERE n = 4', 4, "it is not what was written"],
  "a changed detail": [
    'UPDATE "AuditEntry" SET "detail" = \'{"role":"viewer"}\' WHERE n = 4',
    4,
    "it is not what was written",
  ],
  "a changed address": [
    'UPDATE "AuditEntry" SET "personal" = \'{"salt":"","address":"1.1.1.1"}\' WHERE n = 4',
    4,
    "its address is not the one written",
  ],
  "a rewritten hash": [
    `UPDATE "AuditEntry" SET "hash" = '${"0".repeat(64)}' WHERE n = 4`,
    4,
    "it is not what was written",
  ],
  "a removed entry": ['DELETE FROM "AuditEntry" WHERE n = 4', 5, "entry 4 is missing"],
  "a removed beginning": ['DELETE FROM "AuditEntry" WHERE n < 3', 3, "entry 1 is missing"],
  "a removed end": ['DELETE FROM "AuditEntry" WHERE n > 6', 7, "entries 7 to 8 are missing at the end"],
  "an emptied log": ['DELETE FROM "AuditEntry"', 1, "entries 1 to 8 are missing at the end"],
  "two entries in each other's place": [
    'UPDATE "AuditEntry" SET n = CASE n WHEN 4 THEN 105 ELSE 104 END WHERE n IN (4, 5); UPDATE "AuditEntry" SET n = n - 100 WHERE n > 100',
    4,
    "it does not follow the entry before it",
  ],
} as const

test.each(Object.entries(TAMPERED))("verifying finds %s", async (_, [sql, n, detail]) => {
  const { audit, database } = await written()
  for (const statement of sql.split("; ")) await database.$executeRawUnsafe(statement)
  expect(await audit.verify()).toMatchObject({ ok: false, broken: { n, detail } })
})

test("a chain that was written anew is found by a head noted earlier", async () => {
  const { audit, database } = await written()
  const noted = await audit.head()
  expect(await audit.verify(noted)).toMatchObject({ ok: true })
  await database.auditEntry.deleteMany()
  await database.auditHead.deleteMany()
  for (let n = 0; n < 8; n += 1) await audit.record({ action: "sign-in.failed" })
  expect(await audit.verify()).toMatchObject({ ok: true, entries: 8 })
  expect(await audit.verify(noted)).toMatchObject({
    ok: false,
    broken: { n: 8, detail: "it is not the one noted earlier" },
  })
})

test("two kernels that write at once make one chain", async () => {
  const { audit, database, clock } = await written()
  const other = createAudit(database, () => clock.now)
  await Promise.all(
    Array.from({ length: 40 }, (_, index) => (index % 2 ? audit : other).record({ action: "sign-in.succeeded" })),
  )
  expect(await audit.verify()).toMatchObject({ ok: true, entries: 48 })
})

test("erasing what is personal leaves a chain that still holds", async () => {
  const { audit, database, ada } = await written()
  await audit.forget(ada.id)
  await database.user.delete({ where: { id: ada.id } })
  const { entries } = await audit.read({ person: ada.id, limit: 1 })
  expect(entries[0]?.actor).toEqual({ id: ada.id, name: "Former member" })
  expect(entries[0]).not.toHaveProperty("address")
  expect(await audit.verify()).toMatchObject({ ok: true, entries: 8 })
})

test("a detail that is no small fact is refused before it is written", async () => {
  const { audit } = await written()
  const nested: object = { deep: { secret: "x" } }
  await expect(audit.record({ action: "settings.changed", detail: nested as Record<string, string> })).rejects.toThrow()
  expect(await audit.verify()).toMatchObject({ ok: true, entries: 8 })
})
