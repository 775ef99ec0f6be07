import type { Page } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { expectPanel, lineIsBack, newPerson, type Person, panel, picture } from "./browser.ts"
import { startNexus } from "./nexus.ts"
import { tellStory } from "./story.ts"

const NOTE = `<NexusPanel title="Shared note">
  <View>
    <Text content="First line"/>
    <Text content="Last line"/>
  </View>
</NexusPanel>
`
const PASSWORD = "correct horse battery"

const story = tellStory()
let grace: Person
let alan: Person

beforeAll(async () => {
  const made = await api("POST", "/panels", {
    workspace: "home",
    source: NOTE,
    frame: { x: 80, y: 600, w: 300, h: 200 },
  })
  expect(made.status).toBe(201)
  grace = await newPerson(story.browser, { dark: true })
  alan = await newPerson(story.browser)
  await Promise.all([member(grace, "Grace", "editor"), member(alan, "Alan", "viewer")])
})

function api(method: string, path: string, body: object, token = story.nexus.token): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
  return fetch(`${story.nexus.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) })
}

async function member({ page }: Person, name: string, role: string): Promise<void> {
  const email = `${name.toLowerCase()}@example.org`
  const answer = await api("POST", "/auth/register", { email, name, password: PASSWORD })
  const { user } = (await answer.json()) as { user: { id: string } }
  await api("PUT", `/workspaces/home/members/${user.id}`, { role })
  await page.goto(`${story.nexus.url}/#/w/home`)
  await page.getByLabel("Email").fill(email)
  await page.getByLabel("Password").fill(PASSWORD)
  await page.getByRole("button", { name: "Sign in" }).click()
  await expectPanel(page, "Shared note")
}

async function openSource(page: Page, action: "Edit source" | "Read source" = "Edit source"): Promise<void> {
  const sheet = panel(page, "Shared note")
  await sheet.hover()
  await sheet.getByRole("button", { name: action }).click()
  await page.getByRole("dialog").locator(".cm-line", { hasText: "First" }).waitFor()
}

/** Puts the cursor behind this word and types. */
async function typeAfter(page: Page, word: string, text: string): Promise<void> {
  await page.locator(".cm-line", { hasText: word }).first().click()
  await page.keyboard.press("Home")
  const line = await page.locator(".cm-line", { hasText: word }).first().evaluate(lineText)
  const indent = line.length - line.trimStart().length
  for (let step = line.indexOf(word) + word.length - indent; step > 0; step -= 1)
    await page.keyboard.press("ArrowRight")
  await page.keyboard.type(text, { delay: 15 })
}

/** What a line says, without the cursors of others in it. */
function lineText(line: Element): string {
  const copy = line.cloneNode(true)
  if (copy instanceof Element) for (const caret of copy.querySelectorAll(".cm-nx-caret")) caret.remove()
  return copy.textContent ?? ""
}

async function text(page: Page): Promise<string> {
  return (
    await page.locator(".cm-line").evaluateAll((lines) =>
      lines.map((line) => {
        const copy = line.cloneNode(true)
        if (copy instanceof Element) for (const caret of copy.querySelectorAll(".cm-nx-caret")) caret.remove()
        return copy.textContent ?? ""
      }),
    )
  ).join("\n")
}

/** The panel's source as the kernel has it. */
async function source(): Promise<string> {
  const query = { find: "name", name: "Shared note", kind: "panel" }
  const answer = await api("POST", "/nog/query", { workspace: "home", query })
  const { entities } = (await answer.json()) as { entities: { properties: { source: string } }[] }
  return entities[0]?.properties.source ?? ""
}

const standing = (page: Page) => page.getByRole("status", { name: "State of this text" })

test("two people write in one source at once, and each sees the other's cursor with the name at it", async () => {
  const me = story.me.page
  await Promise.all([openSource(me), openSource(grace.page)])
  await me.getByRole("list", { name: "Who else is writing here" }).getByText("GR").waitFor()
  await Promise.all([typeAfter(me, "First", " and best"), typeAfter(grace.page, "Last", " and least")])
  await expect.poll(() => text(me)).toContain("Last and least line")
  await expect.poll(() => text(grace.page)).toContain("First and best line")
  expect(await text(grace.page)).toBe(await text(me))
  await me.locator(".cm-nx-caret", { hasText: "Grace" }).waitFor()
  await grace.page.locator(".cm-nx-caret", { hasText: "Owner" }).waitFor()
  await picture(me, "together-owner")
  await picture(grace.page, "together-grace-dark")
})

test("it is saved by itself when nobody types, and the panel shows it", async () => {
  await standing(story.me.page).getByText("Saved", { exact: true }).waitFor()
  await standing(grace.page).getByText("Saved", { exact: true }).waitFor()
  await panel(alan.page, "Shared note").getByText("Last and least line").waitFor()
})

test("undo takes back one's own words and leaves the other's", async () => {
  await grace.page.locator(".cm-content").focus()
  await grace.page.keyboard.press("ControlOrMeta+Z")
  await expect.poll(() => text(story.me.page)).not.toContain("and least")
  expect(await text(story.me.page)).toContain("First and best line")
  await grace.page.keyboard.press("ControlOrMeta+Shift+Z")
  await expect.poll(() => text(story.me.page)).toContain("Last and least line")
})

test("a viewer sees it written and cannot write", async () => {
  await openSource(alan.page, "Read source")
  await typeAfter(story.me.page, "best", " of all")
  await expect.poll(() => text(alan.page)).toContain("First and best of all line")
  await alan.page.locator(".cm-content").click()
  await alan.page.keyboard.type("mine")
  expect(await text(alan.page)).not.toContain("mine")
  await alan.page.locator(".cm-nx-caret").first().waitFor()
  await picture(alan.page, "together-viewer")
})

test("what one types while the kernel is gone is merged when it is back: nothing is lost, nothing stands there twice", async () => {
  const me = story.me.page
  await typeAfter(me, "all", " time")
  await expect.poll(() => text(grace.page)).toContain("of all time")
  await story.nexus.kill()
  await standing(me).getByText("Offline").waitFor()
  await typeAfter(me, "First", " mine")
  await typeAfter(grace.page, "Last", " hers")
  await picture(me, "together-offline")
  const port = Number(new URL(story.nexus.url).port)
  story.nexus = await startNexus({ dataDir: story.nexus.dataDir, port })
  for (const person of [story.me, grace, alan]) await lineIsBack(person)
  await standing(me).getByText("Saved", { exact: true }).waitFor({ timeout: 40_000 })
  await standing(grace.page).getByText("Saved", { exact: true }).waitFor({ timeout: 40_000 })
  await expect.poll(() => text(me)).toContain("Last hers and least line")
  await expect.poll(() => text(grace.page)).toBe(await text(me))
  await expect.poll(() => text(alan.page)).toBe(await text(me))
  expect((await text(me)).match(/First/g)).toHaveLength(1)
  expect(await text(me)).toContain("First mine and best of all time line")
  await expect.poll(source).toContain("First mine and best of all time line")
})

test("who saves and closes leaves the others writing; the cursor goes with them", async () => {
  await grace.page.keyboard.press("ControlOrMeta+S")
  await grace.page.getByRole("dialog").waitFor({ state: "detached" })
  await story.me.page.locator(".cm-nx-caret", { hasText: "Grace" }).waitFor({ state: "detached" })
  await story.me.page.getByRole("dialog").getByRole("button", { name: "Save" }).click()
  await story.me.page.getByRole("dialog").waitFor({ state: "detached" })
  await panel(story.me.page, "Shared note").getByText("First mine and best of all time line").waitFor()
})

test("taking back on the canvas takes back what one wrote in the text", async () => {
  const { page } = story.me
  await page.getByRole("button", { name: "Undo" }).click()
  await panel(page, "Shared note").getByText("First mine and best of all time line").waitFor({ state: "detached" })
})

test("one moves the panel and changes it in place while another writes in its source: all of it holds", async () => {
  const { page } = story.me
  await openSource(grace.page)
  await typeAfter(grace.page, "Last", " one")
  const sheet = panel(page, "Shared note")
  await sheet.getByRole("heading", { name: "Shared note" }).click()
  await page.keyboard.press("Shift+ArrowRight")
  await sheet.getByRole("heading", { name: "Shared note" }).dblclick()
  const inspector = page.getByRole("complementary", { name: "Inspector: Shared note" })
  await inspector.getByRole("treeitem", { name: /^Text/ }).first().click()
  await inspector.getByRole("region", { name: "Properties" }).getByLabel("content", { exact: true }).fill("The first")
  await expect.poll(() => text(grace.page)).toContain('content="The first"')
  await typeAfter(grace.page, "one", " of all")
  await standing(grace.page).getByText("Saved", { exact: true }).waitFor()
  await expect.poll(source).toContain('content="The first"')
  expect(await source()).toContain("Last one of all")
  await sheet.getByText(/Last one of all/).waitFor()
  const query = { find: "name", name: "Shared note", kind: "panel" }
  const { entities } = await (await api("POST", "/nog/query", { workspace: "home", query })).json()
  expect(entities[0].properties.frame.x).toBe(90)
})

test("who removes a panel takes no words from who writes in it: they go on when it is brought back", async () => {
  const { page } = story.me
  const editor = grace.page.getByRole("dialog", { name: "Shared note" })
  const sheet = panel(page, "Shared note")
  await sheet.getByRole("button", { name: "Done", exact: true }).click()
  await sheet.getByRole("heading", { name: "Shared note" }).click()
  await page.keyboard.press("Delete")
  await sheet.waitFor({ state: "detached" })
  await editor.getByText("Somebody removed this panel.").waitFor()
  await typeAfter(grace.page, "one", " typed meanwhile")
  await picture(grace.page, "together-removed-dark")
  await page.getByRole("listitem").getByRole("button", { name: "Undo", exact: true }).last().click()
  await editor.getByText("Somebody removed this panel.").waitFor({ state: "detached" })
  await sheet.getByText(/Last one typed meanwhile/).waitFor()
  expect(await text(grace.page)).toContain("Last one typed meanwhile")
})

test("or it becomes a panel again, with what was typed, where it stood", async () => {
  const { page } = story.me
  const sheet = panel(page, "Shared note")
  await sheet.getByRole("heading", { name: "Shared note" }).click()
  await page.keyboard.press("Delete")
  await sheet.waitFor({ state: "detached" })
  const editor = grace.page.getByRole("dialog", { name: "Shared note" })
  await editor.getByText("Somebody removed this panel.").waitFor()
  await typeAfter(grace.page, "one", " saved")
  await editor.getByRole("button", { name: "Save" }).click()
  await editor.waitFor({ state: "detached" })
  await sheet.getByText(/Last one saved typed meanwhile/).waitFor()
  await expect.poll(source).toContain("Last one saved")
})

test("nothing was written to anybody's console but the lost line", () => {
  const problems = [...story.me.problems, ...grace.problems, ...alan.problems]
  expect(problems.filter((problem) => !/ERR_CONNECTION_REFUSED|Failed to load resource/.test(problem))).toEqual([])
})
