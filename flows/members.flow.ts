import { readFile } from "node:fs/promises"
import type { Download, Page } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { expectPanel, newPerson, type Person, panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

/*
 * Letting people in, narrowing what they may, seeing what was done, and leaving. The second person sits at a dark and
 * narrow screen.
 */

const PASSWORD = "seven quiet herons"
const story = tellStory()
let grace: Person
let alan: Person

beforeAll(async () => {
  grace = await newPerson(story.browser, { dark: true })
  await grace.page.setViewportSize({ width: 390, height: 844 })
  alan = await newPerson(story.browser)
  for (const { page } of [story.me, grace, alan]) page.setDefaultTimeout(10_000)
})

async function openShare(page: Page, tab?: string) {
  await page.getByRole("button", { name: "Share", exact: true }).click()
  const dialog = page.getByRole("dialog", { name: "Share this workspace" })
  if (tab) await dialog.getByRole("tab", { name: tab }).click()
  return dialog
}

async function closeShare(page: Page) {
  await page.getByRole("button", { name: "Close" }).click()
  await page.getByRole("dialog").waitFor({ state: "detached" })
}

async function register({ page }: Person, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.getByRole("button", { name: "Create an account" }).click()
  await page.getByLabel("Name").fill(name)
  await page.getByLabel("Email").fill(`${name.toLowerCase()}@example.org`)
  await page.getByLabel("Password").fill(PASSWORD)
  await page.getByRole("button", { name: "Create account" }).click()
  await expectPanel(page, "Groceries")
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), "utf8")
}

test("I invite one person by address; another invitation is taken back, renewed and taken back; the invited person comes in", async () => {
  const { page } = story.me
  const dialog = await openShare(page)
  const invite = dialog.getByRole("form", { name: "Invite by address" })
  await invite.getByLabel("Invite one person by address").fill("mallory@example.org")
  await invite.getByRole("button", { name: "Invite" }).click()
  const withdraw = dialog.getByRole("button", { name: "Withdraw the invitation of mallory@example.org" })
  await withdraw.click()
  await withdraw.waitFor({ state: "detached" })
  await page.getByRole("button", { name: "Invite again" }).last().click()
  await withdraw.click()
  await withdraw.waitFor({ state: "detached" })
  await invite.getByLabel("Invite one person by address").fill("grace@example.org")
  await invite.getByRole("button", { name: "Invite" }).click()
  const link = await dialog.getByLabel("Invitation link").inputValue()
  await dialog.getByRole("list", { name: "Invited, not come yet" }).getByText("grace@example.org").waitFor()
  await picture(page, "members-invite")
  await closeShare(page)
  await register(grace, link, "Grace")
  const again = await openShare(page)
  await again.getByRole("list", { name: "Members" }).getByText("grace@example.org").waitFor()
  expect(await again.getByRole("list", { name: "Invited, not come yet" }).count()).toBe(0)
  await closeShare(page)
})

test("a link says how often it was used; stopping it names who came by it, and they leave", async () => {
  const { page } = story.me
  const dialog = await openShare(page)
  await dialog.getByLabel("People with the link").selectOption("viewer")
  await dialog.getByRole("button", { name: "Create link" }).click()
  const link = await dialog.getByLabel("Share link").inputValue()
  await dialog.getByText("not used yet").waitFor()
  await closeShare(page)
  await register(alan, link, "Alan")
  const again = await openShare(page)
  await again.getByText("used once").waitFor()
  await picture(page, "members-links")
  await again.getByRole("button", { name: /^Stop the link/ }).click()
  const question = page.getByRole("dialog", { name: "Stop this link" })
  await question.getByRole("list", { name: "Who came by the link" }).getByText("alan@example.org").waitFor()
  await picture(page, "members-stop-link")
  await question.getByRole("button", { name: "Stop it, they leave" }).click()
  await again.getByText("alan@example.org").waitFor({ state: "detached" })
  await again.getByText("used once").waitFor({ state: "detached" })
  await closeShare(page)
  await alan.page.getByText("You are no longer a member of this workspace").waitFor()
  await picture(alan.page, "members-removed")
})

test("a narrowed panel says so and is looked at alone, a hidden one is not there, and what is lifted is put back by Undo", async () => {
  const { page } = story.me
  const { page: theirs } = grace
  await theirs.setViewportSize({ width: 1440, height: 900 })
  const narrow = async (level: string) => {
    const dialog = await openShare(page, "Single panels")
    await dialog.getByLabel("Panel", { exact: true }).selectOption("Groceries")
    await dialog.getByLabel("For whom").selectOption("Grace")
    await dialog.getByLabel("At most").selectOption(level)
    await dialog.getByRole("button", { name: "Narrow" }).click()
    await dialog.getByRole("list", { name: "Narrowed panels" }).getByText(/Grace/).waitFor()
    await picture(page, `members-narrow-${level}`)
    await closeShare(page)
  }
  const groceries = panel(theirs, "Groceries")
  await narrow("look")
  await groceries.getByText("Only look").waitFor()
  expect(await groceries.getByRole("switch", { name: "Bread" }).isDisabled()).toBe(true)
  expect(await groceries.getByRole("button", { name: "Read source" }).count()).toBe(1)
  await theirs.keyboard.press("1")
  await picture(theirs, "members-only-look-dark")
  await narrow("run")
  await groceries.getByText("Look and run").waitFor()
  expect(await groceries.getByRole("button", { name: "Clear done" }).isEnabled()).toBe(true)
  await narrow("hidden")
  await groceries.waitFor({ state: "detached" })
  await picture(theirs, "members-hidden-dark")
  const dialog = await openShare(page, "Single panels")
  await dialog.getByRole("button", { name: "Lift" }).click()
  const narrowed = dialog.getByRole("list", { name: "Narrowed panels" }).getByText(/Grace/)
  await narrowed.waitFor({ state: "detached" })
  await page.getByRole("button", { name: "Undo", exact: true }).last().click()
  await narrowed.waitFor()
  await groceries.waitFor({ state: "detached" })
  await dialog.getByRole("button", { name: "Lift" }).click()
  await dialog.getByText("Everybody may do with every panel what their role says.").waitFor()
  await closeShare(page)
  await groceries.waitFor()
  await theirs.setViewportSize({ width: 390, height: 844 })
})

test("what a workspace uses is shown beside what it may", async () => {
  const { page } = story.me
  const dialog = await openShare(page, "Usage")
  await dialog.getByText("Runs today").waitFor()
  expect(await dialog.getByRole("meter").count()).toBe(5)
  await picture(page, "members-usage")
  await closeShare(page)
})

test("the log is asked by kind and person, and exported whole", async () => {
  const { page } = story.me
  const dialog = await openShare(page, "Log")
  const entries = dialog.getByRole("list", { name: "Entries" })
  await entries.getByText("made a share link").waitFor()
  await picture(page, "members-log")
  await dialog.getByLabel("What happened").selectOption("member.removed")
  await entries.getByText("removed a member").waitFor()
  await entries.getByText("made a share link").waitFor({ state: "detached" })
  await dialog.getByLabel("By whom").selectOption("Grace")
  await dialog.getByText("Nothing of this kind is written down.").waitFor()
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Export as CSV" }).click(),
  ])
  expect(await textOf(download)).toContain("invitation.accepted")
  await closeShare(page)
})

test("I export the workspace, and import it as another one, in which no panel has a right", async () => {
  const { page } = story.me
  await page.getByRole("button", { name: "Menu", exact: true }).click()
  await page.getByRole("menuitem", { name: "Export this workspace" }).click()
  await page.getByRole("dialog", { name: "Export this workspace" }).getByText("With the history").waitFor()
  await picture(page, "members-export")
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export", exact: true }).click(),
  ])
  await page.getByRole("dialog").waitFor({ state: "detached" })
  await page.getByRole("button", { name: "Menu", exact: true }).click()
  await page.getByRole("menuitem", { name: "All workspaces" }).click()
  await page.getByRole("button", { name: "Import a workspace" }).waitFor()
  await picture(page, "members-home")
  await page.getByLabel("Exported workspace").setInputFiles(await download.path())
  await expectPanel(page, "Groceries")
  await panel(page, "Weather").getByText("would like to").waitFor()
  await picture(page, "members-imported")
})

test("everything kept about me is mine to take, and my account mine to erase", async () => {
  const { page } = grace
  await page.goto(`${story.nexus.url}/#/account/activity`)
  await page.getByText("accepted an invitation").waitFor()
  await picture(page, "members-activity-phone")
  await page.goto(`${story.nexus.url}/#/account/privacy`)
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export my account" }).click(),
  ])
  expect(JSON.parse(await textOf(download))).toMatchObject({ account: { name: "Grace" } })
  const erase = page.getByRole("form", { name: "Erase my account" })
  expect(await erase.getByRole("button").isDisabled()).toBe(true)
  await erase.getByLabel(/Type your name/).fill("Grace")
  await erase.getByLabel("Your password").fill(PASSWORD)
  await picture(page, "members-privacy-phone")
  await erase.getByRole("button", { name: "Erase my account" }).click()
  await page.getByRole("heading", { name: "Sign in" }).waitFor()
  expect(grace.problems).toEqual([])
})

test("the pages about the API open without a complaint of the browser", async () => {
  const { page, problems } = alan
  problems.splice(0)
  await page.goto(`${story.nexus.url}/api/docs`)
  await page.getByRole("heading", { name: "Nexus", exact: false }).first().waitFor()
  await picture(page, "members-api-docs")
  expect(problems).toEqual([])
  expect(story.me.problems).toEqual([])
})
