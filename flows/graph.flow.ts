import { expect, test } from "vitest"
import { panel, picture } from "./browser.ts"
import { createHeldLook } from "./held.ts"
import { tellStory } from "./story.ts"

const story = tellStory()
const drawer = () => story.me.page.getByRole("complementary", { name: "Graph" })

test("whoever leaves a workspace and comes back, again and again, leaves nothing of it behind in the page", async () => {
  const { page } = story.me
  const look = await createHeldLook(page)
  const visit = async () => {
    await page.goto(`${story.nexus.url}/#/`)
    await panel(page, "Groceries").getByRole("switch", { name: "Coffee" }).waitFor()
    await page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name: "Comments" }).click()
    await page.goto(`${story.nexus.url}/#/workspaces`)
    await page.getByRole("heading", { name: "Your workspaces" }).waitFor()
  }
  // The first visits load what is loaded once.
  for (let count = 0; count < 2; count += 1) await visit()
  const before = await look()
  for (let count = 0; count < 5; count += 1) await visit()
  const { listeners, objects, nodes } = await look()
  expect({ listeners, objects }).toEqual({ listeners: before.listeners, objects: before.objects })
  expect(nodes).toBeLessThan(before.nodes * 1.2)
  await page.goto(`${story.nexus.url}/#/`)
  await panel(page, "Groceries").waitFor()
})

test("the graph shows who reads and writes whom, each relation in a word", async () => {
  const { page } = story.me
  await page.keyboard.press("g")
  const drawing = drawer().getByRole("group", { name: /^Who reads and writes whom: \d+ nodes/ })
  await drawing.waitFor()
  await drawing
    .getByText(/writes/)
    .first()
    .waitFor()
  await drawing.getByText(/reads/).first().waitFor()
  await drawer()
    .getByRole("button", { name: /^panel Groceries/ })
    .waitFor()
  await picture(page, "graph-whole")
})

test("the same is there as a list, for whoever sees no picture", async () => {
  await drawer().getByRole("button", { name: "As a list" }).click()
  const list = drawer().getByRole("list", { name: "Everything and its relations" })
  await list
    .getByRole("listitem")
    .filter({ hasText: "handler add · Groceries" })
    .getByText(/leads to .*writes/)
    .first()
    .waitFor()
  await picture(story.me.page, "graph-list")
})

test("search finds in names and texts, and one result is looked at with its neighbours", async () => {
  const search = drawer().getByRole("searchbox", { name: "Search panels, states and concepts" })
  await search.fill("groceries")
  const found = drawer().getByRole("list", { name: "Found" })
  await found
    .getByRole("button", { name: /^panel/ })
    .first()
    .click()
  await drawer().getByText("panel Groceries").first().waitFor()
  await drawer().getByRole("button", { name: "As a picture" }).click()
  await drawer()
    .getByText(/contains/)
    .first()
    .waitFor()
  await drawer().getByLabel("Steps").selectOption("2")
  await picture(story.me.page, "graph-around-one")
})

test("a concept is noted and related, with how sure one is, and undo takes both back", async () => {
  const { page } = story.me
  const form = drawer().getByRole("form", { name: "Add a note" })
  await form.getByLabel("Name").fill("Weekly shopping")
  await form.getByLabel("How it is related").selectOption("part_of")
  for (let step = 0; step < 3; step += 1) await form.getByLabel("How sure").press("ArrowLeft")
  await form.getByRole("button", { name: "Add and relate" }).click()
  await drawer()
    .getByRole("button", { name: /^concept Weekly shopping: leads to panel Groceries \(part of 70 %\)/ })
    .waitFor()
  await picture(page, "graph-noted")
  await page.getByRole("button", { name: "Undo" }).click()
  await drawer()
    .getByRole("button", { name: /^concept Weekly shopping/ })
    .waitFor({ state: "detached" })
})

test("what is found is cut, and says so", async () => {
  await drawer().getByRole("searchbox").fill("e")
  await drawer().getByText("The first 20; there is more. Say it more closely.").waitFor()
})

test("from the graph one goes to the panel", async () => {
  const { page } = story.me
  await drawer().getByRole("button", { name: "Go to the panel" }).click()
  await page
    .getByRole("complementary", { name: /Inspector|Groceries/ })
    .first()
    .waitFor()
  await page.setViewportSize({ width: 420, height: 800 })
  await picture(page, "graph-narrow")
})

test("nothing was written to the console", () => {
  expect(story.me.problems).toEqual([])
})
