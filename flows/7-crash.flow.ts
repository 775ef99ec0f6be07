import { beforeAll, expect, test } from "vitest"
import { panel, picture } from "./browser.ts"
import { startNexus } from "./nexus.ts"
import { tellStory } from "./story.ts"

const COUNTER = `<NexusPanel title="Clicks">
  <Data><State name="count" type="number" default="0"/></Data>
  <Logic><Handler name="add">$state.count += 1; return $state.count</Handler></Logic>
  <View><Metric label="So far" value="{$state.count}"/><Button label="Count" onClick="add()"/></View>
</NexusPanel>`

const story = tellStory()

beforeAll(async () => {
  const made = await fetch(`${story.nexus.url}/api/v1/panels`, {
    method: "POST",
    headers: { authorization: `Bearer ${story.nexus.token}`, "content-type": "application/json" },
    body: JSON.stringify({ workspace: "home", source: COUNTER, frame: { x: 80, y: 600, w: 300, h: 200 } }),
  })
  expect(made.status).toBe(201)
})

async function shown(): Promise<number> {
  const text = (await panel(story.me.page, "Clicks").textContent()) ?? ""
  return Number(/So far\s*(\d+)/.exec(text)?.[1] ?? Number.NaN)
}

test("after SIGKILL while I click, nothing acknowledged is missing and the page catches up by itself", async () => {
  const { page } = story.me
  const count = panel(page, "Clicks").getByRole("button", { name: "Count" })
  await count.waitFor()
  for (let click = 0; click < 5; click += 1) await count.click()
  await expect.poll(shown).toBeGreaterThanOrEqual(3)
  const acknowledged = await shown()
  count.click().catch(() => {})
  await story.nexus.kill()

  await page.getByText("Offline, reconnecting…").waitFor()
  await picture(page, "7-offline")
  const port = Number(new URL(story.nexus.url).port)
  story.nexus = await startNexus({ dataDir: story.nexus.dataDir, port })
  await page.getByRole("status", { name: "Saved state" }).getByText("Saved").waitFor({ timeout: 30_000 })

  await expect.poll(shown).toBeGreaterThanOrEqual(acknowledged)
  const before = await shown()
  await count.click()
  await expect.poll(shown).toBe(before + 1)
  await picture(page, "7-back-again")
})

test("SIGTERM drains within two seconds and ends well", async () => {
  const { code, tookMs } = await story.nexus.stop()
  expect(code).toBe(0)
  expect(tookMs).toBeLessThan(2500)
})
