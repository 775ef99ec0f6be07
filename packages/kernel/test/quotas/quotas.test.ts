import { NexusError } from "@nexus/protocol"
import { afterAll, beforeAll, expect, test } from "vitest"
import { DEFAULT_TIERS } from "../../src/quotas/tiers.ts"
import { openQuota } from "../../src/quotas/workspace-quota.ts"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { counterSource } from "../gateway/with-http.ts"
import { type RunningKernel, runningKernel } from "../running-kernel.ts"

const small = { panels: 2, members: 2, storageBytes: 10, runsPerDay: 2, aiTokensPerDay: 5 }
let nexus: RunningKernel
beforeAll(async () => {
  nexus = await runningKernel({ limits: { tiers: { free: small }, tier: "free" } })
})
afterAll(() => nexus.close())

const own = (method: string, path: string, body?: object) => nexus.call(method, path, nexus.owner.token, body)
const place = async () => String((await own("POST", "/workspaces", { name: "Place" })).body.id)

test("panels, runs, members and storage end where the tier says, and the refusal says how much there is", async () => {
  const workspace = await place()
  const add = () => own("POST", "/panels", { workspace, source: counterSource() })
  const { body: panel } = await add()
  await add()
  const third = await add()
  expect([third.status, third.body]).toMatchObject([429, { code: "quota-exceeded", limit: 2, used: 2 }])
  expect(third.body.detail).toBe("The quota for panels of this workspace is used up (2 of 2).")

  const run = () => own("POST", `/panels/${panel.id}/handlers/add?workspace=${workspace}`, { args: {} })
  expect([(await run()).status, (await run()).status]).toEqual([200, 200])
  const late = await run()
  expect([late.status, late.body.code]).toEqual([429, "quota-exceeded"])
  expect(late.body.detail).toMatch(/used up \(2 of 2\)\. It begins anew at \d{4}-\d\d-\d\d 00:00 UTC\.$/)

  await nexus.person(`Eve${workspace.slice(-4)}`, workspace, "viewer")
  const bob = await nexus.person(`Bob${workspace.slice(-4)}`)
  const member = await own("PUT", `/workspaces/${workspace}/members/${bob.id}`, { role: "viewer" })
  expect([member.status, member.body.code]).toEqual([429, "quota-exceeded"])
  const { body: share } = await own("POST", `/workspaces/${workspace}/shares`, { role: "viewer" })
  expect((await nexus.call("POST", `/shares/${share.code}/join`, bob.token)).status).toBe(429)

  const upload = await fetch(`${nexus.kernel.url}/api/v1/workspaces/${workspace}/files?name=a.bin`, {
    method: "POST",
    headers: { authorization: `Bearer ${nexus.owner.token}`, "content-type": "application/octet-stream" },
    body: "more than ten bytes",
  })
  expect(upload.status).toBe(429)

  const { body: usage } = await own("GET", `/workspaces/${workspace}/usage`)
  expect(usage).toMatchObject({
    tier: "free",
    panels: { used: 2, limit: 2 },
    members: { used: 2, limit: 2 },
    runsPerDay: { used: 2, limit: 2 },
    storageBytes: { used: 0, limit: 10 },
    aiTokensPerDay: { used: 0, limit: 5 },
  })
  const { body: log } = await own("GET", `/workspaces/${workspace}/audit?action=quota.refused`)
  expect(log.entries).toMatchObject([{ detail: { what: "members" } }, { detail: { what: "runsPerDay" } }, {}])
})

test("another tier counts at once, and only who owns the installation gives one", async () => {
  const workspace = await place()
  const eve = await nexus.person("Eve", workspace, "owner")
  const path = `/workspaces/${workspace}/tier`
  expect((await nexus.call("PUT", path, eve.token, { tier: "enterprise" })).status).toBe(403)
  const set = await own("PUT", path, { tier: "pro" })
  expect([set.status, set.body]).toMatchObject([200, { tier: "pro", panels: { limit: DEFAULT_TIERS.pro.panels } }])
  expect((await own("PUT", "/workspaces/ws_nowhere/tier", { tier: "pro" })).status).toBe(404)
})

test("a tier and the runs of a day outlive the workspace's closing; the next day begins at nothing", async () => {
  const { values } = createMemoryJournal()
  const clock = { now: Date.parse("2026-01-01T22:00:00Z") }
  const said: string[] = []
  const settings = {
    tiers: { ...DEFAULT_TIERS, pro: small },
    tier: "free" as const,
    onRefused: (_: string, what: string) => said.push(what),
  }
  const parts = { workspace: "w", values, settings, clock: () => clock.now, log: () => undefined }
  const first = await openQuota(parts)
  await first.setTier("pro")
  first.takeRun()
  first.takeRun()
  await first.close()
  const again = await openQuota(parts)
  expect([again.tier, again.runsToday]).toEqual(["pro", 2])
  expect(() => again.takeRun()).toThrow(NexusError)
  expect(() => again.takeRun()).toThrow("It begins anew at 2026-01-02 00:00 UTC.")
  expect(said).toEqual(["runsPerDay"])
  clock.now += 2 * 60 * 60 * 1000
  again.takeRun()
  expect(again.runsToday).toBe(1)
})
