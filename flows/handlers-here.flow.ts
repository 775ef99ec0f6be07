import { beforeAll, expect, test } from "vitest"
import { expectPanel, lineIsBack, newPerson, panel, picture, signIn } from "./browser.ts"
import { startNexus } from "./nexus.ts"
import { tellStory } from "./story.ts"

/*
 * Handlers run in the page: in the editor's preview, and while there is no line to the kernel. The page's policy lets
 * it compile no WebAssembly, and its workers reach no address, so every story here is also one about that.
 */

const SOURCE = `<NexusPanel title="Till">
  <Data>
    <State name="sold" type="number" default="0"/>
    <State name="asked" type="number" default="0"/>
    <Computed name="next" value="{$state.sold + 2}"/>
  </Data>
  <Logic>
    <Capability type="http" scope="https://prices.example/*" reason="Reads prices"/>
    <Handler name="sell">$state.sold = $computed.next; $view.toast("Sold " + $state.sold)</Handler>
    <Handler name="ask">
      $state.asked += 100
      try { await nexus.http.fetch("https://prices.example/tea") } catch (error) { $log.warn(error.message) }
      $state.asked -= 99
    </Handler>
    <Handler name="break">null.price</Handler>
  </Logic>
  <View>
    <Metric label="Sold" value="{$state.sold}"/>
    <Metric label="Asked" value="{$state.asked}"/>
    <Button label="Sell" onClick="sell()"/>
    <Button label="Ask" onClick="ask()"/>
    <Button label="Break" onClick="break()"/>
  </View>
</NexusPanel>`

const story = tellStory()
const page = () => story.me.page
const till = () => panel(page(), "Till")
const press = (name: string) => till().getByRole("button", { name, exact: true }).click()

/** What a metric of the panel shows. */
async function shown(label: string, where = till()): Promise<number> {
  const text = (await where.textContent()) ?? ""
  return Number(new RegExp(`${label}\\s*(\\d+)`).exec(text)?.[1] ?? Number.NaN)
}

beforeAll(async () => {
  const made = await fetch(`${story.nexus.url}/api/v1/panels`, {
    method: "POST",
    headers: { authorization: `Bearer ${story.nexus.token}`, "content-type": "application/json" },
    body: JSON.stringify({ workspace: "home", source: SOURCE, frame: { x: 80, y: 600, w: 320, h: 300 } }),
  })
  expect(made.status).toBe(201)
  await expectPanel(page(), "Till")
})

test("a handler runs in the preview, says what it needs of the workspace, and where it fails", async () => {
  await page().getByRole("button", { name: "New panel" }).click()
  await page().locator(".cm-content").click()
  await page().keyboard.press("ControlOrMeta+A")
  await page().keyboard.insertText(SOURCE)
  await page().getByText("No mistakes").waitFor()
  const preview = page().getByRole("region", { name: "Preview" })
  const said = page().getByRole("status", { name: "What the preview says" })
  await preview.getByRole("button", { name: "Sell" }).click()
  await expect.poll(() => shown("Sold", preview)).toBe(2)
  await preview.getByRole("button", { name: "Sell" }).click()
  await expect.poll(() => shown("Sold", preview)).toBe(4)
  await expect.poll(() => said.textContent()).toBe("Sold 4")
  await preview.getByRole("button", { name: "Ask" }).click()
  await expect.poll(() => shown("Asked", preview)).toBe(1)
  await expect.poll(() => said.textContent()).toContain("http.fetch runs when the panel is saved")
  await preview.getByRole("button", { name: "Break" }).click()
  await preview.getByText("cannot read property 'price' of null").waitFor()
  await picture(page(), "handlers-preview")
  expect(story.me.problems).toEqual([])
})

test("offline, a handler runs at once and everybody sees it afterwards; one that asks waits and runs once", async () => {
  const { problems } = story.me
  // The page starts its sandbox while it has nothing else to do.
  const sandbox = page().waitForEvent("worker", (worker) => worker.url().includes("sandbox-worker"))
  await page().reload()
  await expectPanel(page(), "Till")
  await page().keyboard.press("1")
  await sandbox
  await press("Sell")
  await expect.poll(() => shown("Sold")).toBe(2)
  await story.nexus.kill()
  await page().getByText("Offline, reconnecting…").waitFor()

  await press("Sell")
  await expect.poll(() => shown("Sold")).toBe(4)
  await press("Sell")
  await expect.poll(() => shown("Sold")).toBe(6)
  await press("Ask")
  await page().getByText("Waits for the connection").first().waitFor()
  expect(await shown("Asked")).toBe(0)
  await picture(page(), "handlers-offline")

  const port = Number(new URL(story.nexus.url).port)
  story.nexus = await startNexus({ dataDir: story.nexus.dataDir, port })
  await lineIsBack(story.me)
  await page().getByRole("status", { name: "Saved state" }).getByText("Saved").waitFor({ timeout: 30_000 })
  await expect.poll(() => shown("Asked")).toBe(1)
  expect(await shown("Sold")).toBe(6)
  const other = await newPerson(story.browser)
  await signIn(other, story.nexus.signIn)
  await expect.poll(() => shown("Sold", panel(other.page, "Till"))).toBe(6)
  await expect.poll(() => shown("Asked", panel(other.page, "Till"))).toBe(1)
  expect(other.problems).toEqual([])
  await other.context.close()
  // A browser reports every address that does not answer; of everything else there must be nothing.
  expect(problems.filter((problem) => !problem.includes("ERR_CONNECTION_REFUSED"))).toEqual([])
})
