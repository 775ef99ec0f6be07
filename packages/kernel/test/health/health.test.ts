import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { HealthAnswer, SandboxesAnswer } from "@nexus/protocol"
import { createSandbox } from "@nexus/wasm-bridge"
import pino from "pino"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { createChecks } from "../../src/health/check-parts.ts"
import { createStarts } from "../../src/health/starts.ts"
import { createKernel } from "../../src/index.ts"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { withAccounts } from "../accounts/with-accounts.ts"
import { type RunningKernel, runningKernel } from "../running-kernel.ts"

let world: RunningKernel
beforeAll(async () => {
  world = await runningKernel()
})
afterAll(() => world.close())

test("the operator reads how the kernel is: its stores, its process, its room", async () => {
  const { status, body } = await world.call("GET", "/health", world.owner.token)
  expect(status).toBe(200)
  const health = HealthAnswer.parse(body)
  expect(health.parts.map(({ part, works }) => [part, works])).toEqual([
    ["journal", true],
    ["accounts", true],
    ["git", true],
    ["record", true],
  ])
  expect(health.parts[2]?.detail).toMatch(/^git version /)
  expect(health.startedAt).toBeLessThanOrEqual(Date.now())
  expect(health.signs.at(-1)).toMatchObject({ residentBytes: expect.any(Number), sockets: 0 })
  for (const { used, total } of [health.memory, health.disk]) {
    expect(used).toBeGreaterThan(0)
    expect(used).toBeLessThan(total)
  }
})

test("the operator sees what each process of the sandbox runs now, and for how long", async () => {
  const source = `<NexusPanel title="Busy"><Logic><Handler name="spin">let n = 2e7; while (n > 0) n -= 1</Handler></Logic><View><Text content="x"/></View></NexusPanel>`
  const made = await world.call("POST", "/panels", world.owner.token, { workspace: "home", source })
  const path = `/panels/${made.body.id}/handlers/spin?workspace=home`
  const running = world.call("POST", path, world.owner.token, { args: null })
  const inHand = async () => {
    const { body } = await world.call("GET", "/sandboxes", world.owner.token)
    return SandboxesAnswer.parse(body).processes.flatMap((process) => process.running)
  }
  await expect
    .poll(inHand)
    .toEqual([{ workspace: "home", panel: made.body.id, handler: "spin", forMs: expect.any(Number) }])
  await running
  await expect.poll(inHand).toEqual([])
  const { body } = await world.call("GET", "/sandboxes", world.owner.token)
  expect(SandboxesAnswer.parse(body).turns).toBeGreaterThan(0)
})

test("nobody else reads either, and everybody may know when it was started", async () => {
  const ada = await world.person("Ada", "home", "owner")
  expect((await world.call("GET", "/health", ada.token)).status).toBe(403)
  expect((await world.call("GET", "/sandboxes", ada.token)).status).toBe(403)
  expect((await world.call("GET", "/starts", ada.token)).body).toEqual({ starts: [{ at: expect.any(Number) }] })
})

test("a start that ended well says when; one that ended without a word does not", async () => {
  const { audit, clock } = await withAccounts()
  const startedAt = clock.now
  const first = createStarts(audit, "kernel_1", () => undefined)
  await first.begin()
  clock.now += 1000
  await first.end()
  clock.now += 1000
  await createStarts(audit, "kernel_2", () => undefined).begin()
  clock.now += 1000
  const third = createStarts(audit, "kernel_3", () => undefined)
  await third.begin()
  expect(await third.list()).toEqual([
    { at: startedAt + 3000 },
    { at: startedAt + 2000 },
    { at: startedAt, endedAt: startedAt + 1000 },
  ])
})

test("a kernel that is closed and opened again says both", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "nexus-"))
  const sandbox = await createSandbox({ processes: 1 })
  onTestFinished(async () => {
    await sandbox.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const open = () => createKernel({ dataDir, trilog: "journal" }, { sandbox, log: pino({ level: "silent" }) })
  await (await open()).close()
  const again = await open()
  const headers = { authorization: `Bearer ${await again.token()}` }
  const { starts } = await (await fetch(`${again.url}/api/v1/starts`, { headers })).json()
  expect(starts).toEqual([{ at: expect.any(Number) }, { at: expect.any(Number), endedAt: expect.any(Number) }])
  await again.close()
})

test("a store that fails or does not answer is said, and keeps the others from nothing", async () => {
  const { database } = await withAccounts()
  const { values } = createMemoryJournal()
  const checks = createChecks({
    journal: { values: { ...values, get: () => Promise.reject(new Error("the disk is gone")) } },
    database,
    place: "SQLite",
    env: { PATH: "/nowhere" },
    record: () => ({ backend: "journal", reason: "chDB is not here", lagMs: 60_000 }),
  })
  const [journal, accounts, git, record] = await checks()
  expect(journal).toMatchObject({ works: false, detail: "the disk is gone" })
  expect(accounts).toMatchObject({ works: true, detail: "SQLite" })
  expect(git?.works).toBe(false)
  expect(record).toMatchObject({ works: false, detail: "journal: chDB is not here" })
})

test("what somebody chose for the studio follows them, part by part, and is nobody else's", async () => {
  const [bob, eve] = [await world.person("Bob"), await world.person("Eve")]
  const path = "/auth/me/preferences"
  expect((await world.call("GET", path, bob.token)).body).toEqual({ preferences: {} })
  await world.call("PATCH", path, bob.token, { theme: "dark", keys: { N: "Alt+N" } })
  const after = await world.call("PATCH", path, bob.token, { language: "de" })
  expect(after.body).toEqual({ preferences: { theme: "dark", keys: { N: "Alt+N" }, language: "de" } })
  expect((await world.call("GET", path, bob.token)).body).toEqual(after.body)
  expect((await world.call("GET", path, eve.token)).body).toEqual({ preferences: {} })
  for (const wrong of [{ theme: "red" }, { language: "de\n" }, { keys: { N: "x".repeat(41) } }]) {
    expect((await world.call("PATCH", path, bob.token, wrong)).status).toBe(422)
  }
  const many = Object.fromEntries(Array.from({ length: 301 }, (_, n) => [`k${n}`, "x"]))
  expect((await world.call("PATCH", path, bob.token, { keys: many })).status).toBe(422)
})
