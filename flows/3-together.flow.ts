import { beforeAll, expect, test } from "vitest"
import { expectPanel, newPerson, type Person, panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

const story = tellStory()
let editor: Person
let viewer: Person

beforeAll(async () => {
  editor = await newPerson(story.browser, { dark: true })
  viewer = await newPerson(story.browser)
})

async function inviteLink(role: "editor" | "viewer"): Promise<string> {
  const { page } = story.me
  await page.getByRole("button", { name: "Share" }).click()
  const dialog = page.getByRole("dialog", { name: "Share this workspace" })
  await dialog.getByLabel("People with the link").selectOption(role)
  await dialog.getByRole("button", { name: "Create link" }).click()
  const link = await dialog.getByLabel("Share link").inputValue()
  if (role === "viewer") await picture(page, "3-share")
  await page.keyboard.press("Escape")
  await dialog.waitFor({ state: "detached" })
  return link
}

async function register({ page }: Person, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.getByRole("button", { name: "Create an account" }).click()
  await page.getByLabel("Name").fill(name)
  await page.getByLabel("Email").fill(`${name.toLowerCase()}@example.org`)
  await page.getByLabel("Password").fill("correct horse battery")
  await page.getByRole("button", { name: "Create account" }).click()
  await expectPanel(page, "Groceries")
}

test("a second person joins by a link as an editor and sees the same panels", async () => {
  await register(editor, await inviteLink("editor"), "Grace")
  await story.me.page.getByRole("group", { name: "Who is here" }).getByText("GR").waitFor()
})

test("what one does the other sees at once", async () => {
  const mine = panel(story.me.page, "Groceries")
  await mine.getByLabel("What to buy").fill("Basil")
  await mine.getByRole("button", { name: "Add" }).click()
  await panel(editor.page, "Groceries").getByRole("switch", { name: "Basil" }).waitFor()
  await panel(editor.page, "Groceries").getByRole("switch", { name: "Coffee" }).click()
  await expect.poll(() => mine.getByRole("switch", { name: "Coffee" }).isChecked()).toBe(true)
  await picture(story.me.page, "3-owner")
  await picture(editor.page, "3-editor-dark")
})

test("a viewer sees it live and cannot change it", async () => {
  await register(viewer, await inviteLink("viewer"), "Alan")
  const groceries = panel(viewer.page, "Groceries")
  await viewer.page.getByText("You can look, not change").waitFor()
  expect(await groceries.getByRole("switch", { name: "Basil" }).isDisabled()).toBe(true)
  expect(await viewer.page.getByRole("button", { name: "New panel" }).count()).toBe(0)
  await panel(story.me.page, "Groceries").getByRole("switch", { name: "Basil" }).click()
  await expect.poll(() => groceries.getByRole("switch", { name: "Basil" }).isChecked()).toBe(true)
  await picture(viewer.page, "3-viewer")
})

test("the kernel refuses a viewer's write whatever the page shows", async () => {
  const login = await fetch(`${story.nexus.url}/api/v1/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "alan@example.org", password: "correct horse battery" }),
  })
  const { accessToken } = (await login.json()) as { accessToken: string }
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" }
  const { workspaces } = (await (await fetch(`${story.nexus.url}/api/v1/workspaces`, { headers })).json()) as {
    workspaces: { id: string }[]
  }
  const refused = await fetch(`${story.nexus.url}/api/v1/panels`, {
    method: "POST",
    headers,
    body: JSON.stringify({
      workspace: workspaces[0]?.id,
      source: '<NexusPanel title="Mine"><View><Text content="x"/></View></NexusPanel>',
    }),
  })
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ code: "forbidden" })
})

test("nothing was written to anybody's console", () => {
  expect([...story.me.problems, ...editor.problems, ...viewer.problems]).toEqual([])
})
