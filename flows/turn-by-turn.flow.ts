import { beforeAll, expect, test } from "vitest"
import { panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

/** Stepping is time travel: the states before and after each turn of a run, looked at in the studio. */
const SOURCE = `<NexusPanel title="Baker">
  <Data><State name="loaves" type="list"/><State name="note" type="string" default="cold"/></Data>
  <Logic>
    <Capability type="time" reason="Dough rests"/>
    <Capability type="kv" scope="oven" reason="Remembers the oven"/>
    <Handler name="bake">
      $log.info("kneads the dough")
      $state.loaves.push({ id: "rye", baked: false })
      await nexus.kv.set("oven", "degrees", 230)
      const degrees = await nexus.kv.get("oven", "degrees")
      await nexus.sleep(20)
      $log.warn("out at " + degrees)
      $state.loaves[0].baked = true
      $state.note = "warm"
    </Handler>
    <Handler name="burn">
      $state.note = "smoke"
      throw new Error("the loaf is black")
    </Handler>
  </Logic>
  <View><Layout gap="8">
    <Text content="{$state.note}"/><Button label="Bake" onClick="bake()"/><Button label="Burn" onClick="burn()"/>
  </Layout></View>
</NexusPanel>`

const story = tellStory()

beforeAll(async () => {
  const { nexus, me } = story
  const headers = { authorization: `Bearer ${nexus.token}`, "content-type": "application/json" }
  const call = async (method: string, path: string, body?: unknown) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${nexus.url}/api/v1${path}`, { method, headers, ...init })
    expect(response.ok, `${method} ${path}`).toBe(true)
    return response.json()
  }
  const { workspaces } = await call("GET", "/workspaces")
  const workspace = workspaces[0].id
  const frame = { x: 80, y: -360, w: 360, h: 260 }
  const { id } = await call("POST", "/panels", { workspace, source: SOURCE, frame })
  for (const grant of ["time", "kv:oven"]) {
    await call("PUT", `/panels/${id}/grants?workspace=${workspace}`, { grant, granted: true })
  }
  await panel(me.page, "Baker").waitFor()
  await me.page.keyboard.press("1")
})

const baker = () => panel(story.me.page, "Baker")
const runs = () => story.me.page.getByRole("complementary", { name: "Runs", exact: true })
const run = (title: string) => story.me.page.getByRole("dialog", { name: title })
const turn = () => run("bake of Baker").getByRole("region", { name: "The turn" })

test("what ran is listed newest first, with how it ended", async () => {
  const { page } = story.me
  await baker().getByRole("button", { name: "Bake", exact: true }).click()
  await baker().getByText("warm", { exact: true }).waitFor()
  await baker().getByRole("button", { name: "Burn", exact: true }).click()
  await page.getByRole("button", { name: "Dismiss" }).click()
  await page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name: "Runs", exact: true }).click()
  await runs().getByRole("tab", { name: "Recent" }).click()
  await runs().getByLabel("Panel").selectOption({ label: "Baker" })
  const rows = runs().getByRole("list", { name: "Recent runs" }).getByRole("listitem")
  await expect.poll(() => rows.count()).toBe(2)
  const [burnt, baked] = [rows.nth(0), rows.nth(1)]
  expect(await burnt.textContent()).toMatch(/burn.*the loaf is black.*You/)
  await burnt.getByRole("img", { name: "Failed" }).waitFor()
  expect(await baked.textContent()).toMatch(/bake.*You.*turns/)
  await baked.getByRole("img", { name: "Finished" }).waitFor()
  await picture(page, "turns-recent")
})

test("each turn shows what it changed, what it asked and was answered, and what it logged", async () => {
  const { page } = story.me
  await runs().getByRole("button", { name: /bake/ }).click()
  await turn().getByText("kneads the dough").waitFor()
  const changes = () => turn().getByRole("table").getByRole("row")
  expect(await changes().nth(1).textContent()).toContain('{"id":"rye","baked":false}')
  const asked = turn().getByRole("region", { name: "Asked" })
  await asked.getByText('kv.set("oven", "degrees", 230)').waitFor()
  await picture(page, "turns-first")

  await page.keyboard.press("ArrowRight")
  await turn().getByText('kv.get("oven", "degrees")').waitFor()
  await asked.getByText("230", { exact: true }).waitFor()
  await page.keyboard.press("ArrowRight")
  await turn().getByText("time.sleep(20)").waitFor()
  await page.keyboard.press("ArrowDown")
  await turn().getByText("out at 230").waitFor()
  const rows = await changes().allTextContents()
  expect(rows.slice(1)).toEqual(["loaves.#ryebakedfalsetrue".replace("#ryebaked", "#rye.baked"), 'note"cold""warm"'])
  await turn().getByText("All of the state before").click()
  await turn().getByText('"note": "cold"').waitFor()
  await picture(page, "turns-last")
  await page.emulateMedia({ colorScheme: "dark" })
  await picture(page, "turns-last-dark")
  await page.emulateMedia({ colorScheme: "light" })
})

test("what was logged leads to its line in the source, and closing that leads back to the run", async () => {
  const { page } = story.me
  const line = SOURCE.split("\n").findIndex((text) => text.includes("out at")) + 1
  await turn()
    .getByRole("button", { name: `line ${line}` })
    .click()
  const editor = page.getByRole("dialog", { name: "Baker", exact: true })
  await expect.poll(() => editor.locator(".cm-activeLine").textContent()).toContain('"out at "')
  await editor.getByRole("button", { name: "Cancel" }).click()
  await editor.waitFor({ state: "detached" })
  await turn().getByText("out at 230").waitFor()
})

test("a turn opens its moment: the canvas stands as it was when the turn was over", async () => {
  const { page } = story.me
  await run("bake of Baker")
    .getByRole("button", { name: /Turn 1/ })
    .click()
  await run("bake of Baker").getByRole("button", { name: "Open this moment" }).click()
  await page.getByRole("region", { name: "Time", exact: true }).waitFor()
  await page.getByText(/to look at, not to change/).waitFor()
  await baker().getByText("cold", { exact: true }).waitFor()
  await picture(page, "turns-moment")
  await page.getByRole("button", { name: "Back to now" }).click()
  await baker().getByText("warm", { exact: true }).waitFor()
})

test("every drawer is one key away, and a line of the log leads to its run", async () => {
  const { page } = story.me
  await page.getByRole("button", { name: "Close time" }).click()
  for (const [key, name] of [
    ["q", "Inbox"],
    ["p", "Permissions"],
    ["r", "Runs"],
    ["l", "Log"],
  ] as const) {
    await page.keyboard.press(key)
    await page.getByRole("complementary", { name, exact: true }).waitFor()
  }
  const log = page.getByRole("complementary", { name: "Log", exact: true })
  await log
    .getByRole("listitem")
    .filter({ hasText: "out at 230" })
    .getByRole("button", { name: "bake", exact: true })
    .click()
  await turn().getByText("kneads the dough").waitFor()
  await page.keyboard.press("Escape")
  await run("bake of Baker").waitFor({ state: "detached" })
  await log.getByLabel("Panel", { exact: true }).press("Escape")
  await log.waitFor({ state: "detached" })
})

test("nothing was written to the console", () => {
  expect(story.me.problems).toEqual([])
})
