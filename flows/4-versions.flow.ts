import { execFileSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, expect, test } from "vitest"
import { expectPanel, type Person, panel, picture, secondWindow } from "./browser.ts"
import { tellStory } from "./story.ts"

const story = tellStory()
let other: Person

beforeAll(async () => {
  other = await secondWindow(story.me)
})

async function commit(message: string): Promise<void> {
  const { page } = story.me
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
  await other.page.goto(story.me.page.url())
  await expectPanel(other.page, "Groceries")
  await story.me.page.bringToFront()
})

test("Commit makes a Git commit that plain Git can clone and read", async () => {
  await commit("Before breakfast")
  const repositories = join(story.nexus.dataDir, "git")
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
  await coffee(story.me).click()
  await expect.poll(() => coffee(other).isChecked()).toBe(true)
  await panel(story.me.page, "Weather").getByRole("heading", { name: "Weather" }).click()
  await story.me.page.keyboard.press("Delete")
  await panel(other.page, "Weather").waitFor({ state: "detached" })
  await commit("Coffee is in the basket")
  await story.me.page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name: "Versions" }).click()
  const history = story.me.page.getByRole("list", { name: "History" })
  await history.getByText("Coffee is in the basket").waitFor()
  await history.getByText("Before breakfast").waitFor()
  await picture(story.me.page, "4-history")
})

test("checking out the older commit brings panels and state back, live in both windows", async () => {
  const { page } = story.me
  const entry = page
    .getByRole("list", { name: "History" })
    .getByRole("listitem")
    .filter({ hasText: "Before breakfast" })
  await entry.hover()
  await entry.getByRole("button", { name: "Check out Before breakfast" }).click()
  await page.getByRole("button", { name: "Check out", exact: true }).click()
  for (const person of [story.me, other]) {
    await expectPanel(person.page, "Weather")
    await expect.poll(() => coffee(person).isChecked()).toBe(false)
  }
  await picture(page, "4-checked-out")
})

test("the checkout can be undone", async () => {
  await story.me.page.getByRole("button", { name: "Undo" }).last().click()
  for (const person of [story.me, other]) {
    await panel(person.page, "Weather").waitFor({ state: "detached" })
    await expect.poll(() => coffee(person).isChecked()).toBe(true)
  }
})

test("nothing was written to the console", () => {
  expect([...story.me.problems, ...other.problems]).toEqual([])
})
