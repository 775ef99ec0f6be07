import { execFileSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { expectPanel, newPerson, openBrowser, type Person, panel, picture, secondWindow, signIn } from "./browser.ts"
import { type Nexus, startNexus } from "./nexus.ts"

let nexus: Nexus
let browser: Browser
let me: Person
let other: Person

beforeAll(async () => {
  nexus = await startNexus()
  browser = await openBrowser()
  me = await newPerson(browser)
  await signIn(me, nexus.signIn)
  other = await secondWindow(me)
})
afterAll(async () => {
  await browser?.close()
  await nexus?.close()
})

async function commit(message: string): Promise<void> {
  const { page } = me
  await page.getByRole("button", { name: "Commit", exact: true }).click()
  await page.getByRole("dialog").getByLabel("Message").fill(message)
  await page.getByRole("button", { name: "Commit version" }).click()
  await page
    .getByText(/^Committed [0-9a-f]{7}/)
    .first()
    .waitFor()
}

const coffee = (person: Person) => panel(person.page, "Groceries").getByRole("switch", { name: "Coffee" })

test("a second window of the same person follows", async () => {
  await other.page.goto(me.page.url())
  await expectPanel(other.page, "Groceries")
})

test("Commit makes a Git commit that plain Git can clone and read", async () => {
  await commit("Before breakfast")
  const repositories = join(nexus.dataDir, "git")
  const [workspace] = readdirSync(repositories)
  const clone = await mkdtemp(join(tmpdir(), "nexus-clone-"))
  try {
    execFileSync("git", ["clone", "--quiet", join(repositories, workspace ?? ""), clone])
    const log = execFileSync("git", ["-C", clone, "log", "--format=%s%n%b"], { encoding: "utf8" })
    expect(log).toContain("Before breakfast")
    expect(log).toMatch(/Nexus-Seq: \d+/)
    expect(execFileSync("git", ["-C", clone, "fsck", "--strict"], { encoding: "utf8", stdio: "pipe" })).toBe("")
    const files = execFileSync("git", ["-C", clone, "ls-files"], { encoding: "utf8" }).split("\n")
    expect(files).toEqual(
      expect.arrayContaining([
        "nog.json",
        "workspace.json",
        "panels/panel_groceries/panel.nxml",
        "panels/panel_groceries/state.json",
      ]),
    )
    expect(JSON.parse(await readFile(join(clone, "panels/panel_groceries/state.json"), "utf8"))).toHaveProperty("items")
  } finally {
    await rm(clone, { recursive: true, force: true })
  }
})

test("history lists the versions", async () => {
  await coffee(me).click()
  await expect.poll(() => coffee(other).isChecked()).toBe(true)
  await panel(me.page, "Weather").getByRole("heading", { name: "Weather" }).click()
  await me.page.keyboard.press("Delete")
  await panel(other.page, "Weather").waitFor({ state: "detached" })
  await commit("Coffee is in the basket")
  await me.page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name: "Versions" }).click()
  const history = me.page.getByRole("list", { name: "History" })
  await history.getByText("Coffee is in the basket").waitFor()
  await history.getByText("Before breakfast").waitFor()
  await picture(me.page, "4-history")
})

test("checking out the older commit brings panels and state back, live in both windows", async () => {
  const { page } = me
  const entry = page
    .getByRole("list", { name: "History" })
    .getByRole("listitem")
    .filter({ hasText: "Before breakfast" })
  await entry.hover()
  await entry.getByRole("button", { name: "Check out Before breakfast" }).click()
  await page.getByRole("button", { name: "Check out", exact: true }).click()
  for (const person of [me, other]) {
    await expectPanel(person.page, "Weather")
    await expect.poll(() => coffee(person).isChecked()).toBe(false)
  }
  await picture(page, "4-checked-out")
})

test("the checkout can be undone", async () => {
  await me.page.getByRole("button", { name: "Undo" }).last().click()
  for (const person of [me, other]) {
    await panel(person.page, "Weather").waitFor({ state: "detached" })
    await expect.poll(() => coffee(person).isChecked()).toBe(true)
  }
})

test("nothing was written to the console", () => {
  expect([...me.problems, ...other.problems]).toEqual([])
})
