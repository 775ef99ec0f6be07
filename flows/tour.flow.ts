import { expect, test } from "vitest"
import { expectPanel, panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

/*
 * A first visit: the studio as an app, and the tour, done by hand and by keys. What is pointed at is outlined, and what
 * has happened is ticked whichever way it was done.
 */

const story = tellStory()
const page = () => story.me.page
const card = () => page().getByRole("region", { name: "Tour", exact: true })
const step = (title: string) => card().getByRole("heading", { name: title }).waitFor()
const outlined = (name: string) =>
  expect
    .poll(() =>
      page()
        .getByRole("button", { name, exact: true })
        .first()
        .evaluate((button) => getComputedStyle(button).outlineStyle),
    )
    .toBe("solid")

test("the browser finds an app that can be installed", async () => {
  const devtools = await story.me.context.newCDPSession(page())
  const { url, errors, data } = await devtools.send("Page.getAppManifest")
  expect(url).toBe(`${story.nexus.url}/manifest.webmanifest`)
  expect(errors).toEqual([])
  const answer = await fetch(url)
  expect(answer.headers.get("content-type")).toMatch("application/manifest+json")
  const { icons } = JSON.parse(data ?? "{}")
  for (const { src, sizes, type } of icons) {
    const icon = await fetch(new URL(src, url))
    expect(icon.headers.get("content-type")).toMatch(type)
    if (type !== "image/png") continue
    const bytes = Buffer.from(await icon.arrayBuffer())
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes)
  }
  // A window without traces, as a test's is, installs nothing; that is all it says.
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors")
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([])
  await devtools.detach()
})

test("the menu installs it when the browser offers that, and says where to look when it does not", async () => {
  const install = async () => {
    await page().getByRole("button", { name: "Menu", exact: true }).click()
    await page().getByRole("menuitem", { name: "Install Nexus" }).click()
  }
  await install()
  await page().getByText("This browser offers no button for it here", { exact: true }).first().waitFor()
  const held = await page().evaluate(() => {
    const offer = new Event("beforeinstallprompt", { cancelable: true })
    const prompt = async () => void document.body.setAttribute("data-asked", "yes")
    dispatchEvent(Object.assign(offer, { prompt }))
    return offer.defaultPrevented
  })
  expect(held).toBe(true)
  await install()
  await expect.poll(() => page().locator("body").getAttribute("data-asked")).toBe("yes")
})

test("the first visit is invited, without a dialog and without the focus", async () => {
  await card().getByText("New here?").waitFor()
  expect(await page().getByRole("dialog").count()).toBe(0)
  expect(await card().evaluate((region) => region.contains(document.activeElement))).toBe(false)
  await picture(page(), "tour-invitation")
  await card().getByRole("button", { name: "Take the three-minute tour" }).click()
  await step("Press something in a panel")
  await expect.poll(() => card().evaluate((region) => region.contains(document.activeElement))).toBe(true)
  await picture(page(), "tour-first-step")
})

test("each step is ticked when it has happened, and a page that is loaded again goes on there", async () => {
  await panel(page(), "Focus timer").getByRole("button", { name: "Start" }).click()
  await step("Ask why a value is what it is")
  await panel(page(), "Focus timer").getByRole("heading", { name: "Focus timer" }).first().click()
  await page()
    .getByRole("complementary", { name: /^Inspector/ })
    .getByRole("button", { name: /^Why\?/ })
    .first()
    .click()
  await page().getByRole("dialog").waitFor()
  await page().keyboard.press("Escape")
  await step("Add a panel from the gallery")
  await page().reload()
  await step("Add a panel from the gallery")
  await outlined("Gallery")
  await picture(page(), "tour-gallery-step")

  await page().keyboard.press("n")
  await page().getByRole("dialog").getByRole("option", { name: "Unit converter" }).waitFor()
  await page().getByRole("dialog").getByRole("searchbox").fill("unit converter")
  await page()
    .getByRole("dialog")
    .getByRole("region", { name: "About Unit converter" })
    .getByRole("button", { name: "Add", exact: true })
    .click()
  await expectPanel(page(), "Unit converter")
  await step("Take that back")
  await outlined("Undo")
  await page().keyboard.press("ControlOrMeta+z")
  await step("Go back in time, and return")
  await outlined("Time")
})

test("a journey counts when one is back, and the palette is the last thing", async () => {
  await page().getByRole("button", { name: "Time", exact: true }).click()
  await page().getByRole("button", { name: "Earlier change" }).click()
  await page().getByText("As it was on").waitFor()
  await page().getByRole("button", { name: "Back to now" }).click()
  await step("Open the palette")
  await page().keyboard.press("t")
  await page().keyboard.press("ControlOrMeta+k")
  await page().getByRole("dialog", { name: "Commands" }).waitFor()
  await page().keyboard.press("Escape")
  await step("That was the tour")
  await card().getByText("You did 6 of 6 things yourself.").waitFor()
  await picture(page(), "tour-over")
  await card().getByRole("button", { name: "Done" }).click()
  await card().waitFor({ state: "detached" })
})

test("it is in the palette and on the help sheet again; steps can be skipped, and it ends at once", async () => {
  await page().keyboard.press("ControlOrMeta+k")
  await page().getByRole("dialog", { name: "Commands" }).getByRole("combobox").fill("tour")
  await page().getByRole("option", { name: "Take the tour" }).click()
  await step("Press something in a panel")
  await card().getByRole("button", { name: "Skip this" }).click()
  await step("Ask why a value is what it is")
  await card().getByRole("button", { name: "End the tour" }).click()
  await card().waitFor({ state: "detached" })
  await page().keyboard.press("?")
  await page().getByRole("dialog").getByRole("button", { name: "Take the tour", exact: true }).click()
  await step("Ask why a value is what it is")
  await card().getByRole("button", { name: "End the tour" }).click()
})

test("nothing was written to the console", () => {
  expect(story.me.problems).toEqual([])
})
