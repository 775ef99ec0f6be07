import type { Locator } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { expectPanel, lineIsBack, newPerson, type Person, panel, picture, secondWindow } from "./browser.ts"
import { startNexus } from "./nexus.ts"
import { tellStory } from "./story.ts"

/*
 * Away and back. The kernel is gone, as it is when a laptop's lid was closed: no answer to anything. What is done
 * meanwhile stays on the device, over reloads and closed tabs; when the line is back everybody sees the same, and what
 * two people did to one place is decided by the one who was away.
 */

const SOURCE = `<NexusPanel title="Plan">
  <Data>
    <State name="title" type="string" default="Milk"/>
    <State name="place" type="string" default="Here"/>
    <State name="count" type="number" default="0"/>
  </Data>
  <Logic><Handler name="more">$state.count += 1</Handler></Logic>
  <View>
    <Input label="Title" bind="$state.title"/>
    <Input label="Place" bind="$state.place"/>
    <Metric label="Count" value="{$state.count}"/>
    <Button label="Count up" onClick="more()"/>
  </View>
</NexusPanel>`

const story = tellStory()
let grace: Person
const page = () => story.me.page
const field = (person: Person, label: string): Locator =>
  panel(person.page, "Plan").getByRole("textbox", { name: label })
const shown = (person: Person, label: string) => field(person, label).inputValue()
const saved = (person: Person) => person.page.getByRole("status", { name: "Saved state" })

async function write(person: Person, label: string, text: string): Promise<void> {
  await field(person, label).fill(text)
  await field(person, label).press("Tab")
}

async function call(method: string, path: string, token: string, body?: object) {
  const reply = await fetch(`${story.nexus.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await reply.text()
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`)
  return JSON.parse(text || "{}")
}

async function openSource(): Promise<void> {
  await panel(page(), "Plan").hover()
  await panel(page(), "Plan").getByRole("button", { name: "Edit source" }).click()
  await page().getByRole("dialog").locator(".cm-line", { hasText: "</View>" }).waitFor()
}

async function restart(): Promise<void> {
  const port = Number(new URL(story.nexus.url).port)
  story.nexus = await startNexus({ dataDir: story.nexus.dataDir, port })
}

beforeAll(async () => {
  const { token } = story.nexus
  await call("POST", "/panels", token, { workspace: "home", source: SOURCE, frame: { x: 80, y: 560, w: 320, h: 330 } })
  await expectPanel(page(), "Plan")
  const share = await call("POST", "/workspaces/home/shares", token, { role: "editor", expiresInDays: 1 })
  grace = await newPerson(story.browser, { dark: true })
  await grace.page.goto(`${story.nexus.url}/#/join/${share.code}`)
  await grace.page.getByRole("button", { name: "Create an account" }).click()
  await grace.page.getByLabel("Name").fill("Grace")
  await grace.page.getByLabel("Email").fill("grace@example.org")
  await grace.page.getByLabel("Password").fill("correct horse battery")
  await grace.page.getByRole("button", { name: "Create account" }).click()
  await expectPanel(grace.page, "Plan")
  await page().evaluate("navigator.serviceWorker.ready")
})

test("the page opens again without a line, with the last state and what was done since", async () => {
  await write(story.me, "Place", "There")
  await expect.poll(() => shown(grace, "Place")).toBe("There")
  await story.nexus.kill()
  await page().getByText("Offline. Go on working").waitFor()
  await write(story.me, "Title", "Oat milk")
  await saved(story.me).getByText("kept here").waitFor()
  await page().reload()
  await expectPanel(page(), "Plan")
  expect(await shown(story.me, "Title")).toBe("Oat milk")
  expect(await shown(story.me, "Place")).toBe("There")
  await write(story.me, "Place", "Everywhere")
  await saved(story.me).getByText("2 changes kept here").waitFor()
  await picture(page(), "offline-away")
})

test("what is typed in a source without a line is kept on the device", async () => {
  await openSource()
  await page().locator(".cm-line", { hasText: "</View>" }).click()
  await page().keyboard.press("Home")
  await page().keyboard.insertText('<Text content="Typed in a tunnel"/>')
  const standing = page().getByRole("status", { name: "State of this text" })
  await standing.getByText("kept on this device").waitFor()
  await picture(page(), "offline-typed")
})

test("a closed tab loses nothing: another one takes over what it left", async () => {
  const again = await secondWindow(story.me)
  const address = page().url()
  await page().close()
  await again.page.goto(address)
  story.me = again
  await expectPanel(page(), "Plan")
  await expect.poll(() => shown(story.me, "Title")).toBe("Oat milk")
  await expect.poll(() => shown(story.me, "Place")).toBe("Everywhere")
  await saved(story.me).getByText("2 changes kept here").waitFor()
  await openSource()
  await page().locator(".cm-line", { hasText: "Typed in a tunnel" }).waitFor()
  await page().getByRole("dialog").getByRole("button", { name: "Save" }).click()
  await page().getByText("Kept Plan here", { exact: true }).waitFor()
})

test("back again, what fits is in; what somebody else changed meanwhile waits for a decision", async () => {
  // Grace's line comes back first, as she was quicker: her page is the only one that may reach the kernel for now.
  await story.me.context.setOffline(true)
  await picture(grace.page, "offline-banner-dark")
  await restart()
  await lineIsBack(grace)
  await saved(grace).getByText("Saved").waitFor({ timeout: 30_000 })
  await write(grace, "Title", "Soy milk")
  await panel(grace.page, "Plan").getByRole("button", { name: "Count up", exact: true }).click()
  await expect.poll(async () => panel(grace.page, "Plan").textContent()).toMatch(/Count\s*1/)
  await story.me.context.setOffline(false)
  await page().getByText("One thing you did offline did not fit").waitFor({ timeout: 30_000 })
  await expect.poll(() => shown(grace, "Place")).toBe("Everywhere")
  await panel(grace.page, "Plan").getByText("Typed in a tunnel").waitFor()
  expect(await shown(story.me, "Title")).toBe("Soy milk")
  expect(await shown(grace, "Title")).toBe("Soy milk")
  await picture(page(), "offline-notice")
})

test("the conflict says what is whose, survives a reload, and is decided by a button", async () => {
  await page().reload()
  await page().getByRole("button", { name: "Decide" }).click()
  const conflict = page().getByRole("list", { name: "Changes that did not fit" }).getByRole("listitem")
  await conflict.getByText("Oat milk").waitFor()
  await conflict.getByText("Soy milk").waitFor()
  await picture(page(), "offline-conflict")
  await page().emulateMedia({ colorScheme: "dark" })
  await picture(page(), "offline-conflict-dark")
  await page().setViewportSize({ width: 390, height: 780 })
  await picture(page(), "offline-conflict-narrow")
  await page().setViewportSize({ width: 1440, height: 900 })
  await page().emulateMedia({ colorScheme: "light" })
  await conflict.getByRole("button", { name: "Put mine on top" }).click()
  await page().getByText("Everything you did is in").waitFor()
  await expect.poll(() => shown(grace, "Title")).toBe("Oat milk")
  await saved(story.me).getByText("Saved").waitFor()
})

test("one's own steps are undone after a reload, and another's stay", async () => {
  await page().reload()
  await expectPanel(page(), "Plan")
  await page().getByRole("button", { name: "Undo" }).click()
  await expect.poll(() => shown(grace, "Title")).toBe("Soy milk")
  expect(await panel(grace.page, "Plan").textContent()).toMatch(/Count\s*1/)
})

test("signing out without a line asks first; what was done to a panel that somebody removed is said, and let go after a question", async () => {
  const shelf = SOURCE.replace('title="Plan"', 'title="Shelf"')
  const frame = { x: 480, y: 560, w: 320, h: 330 }
  const { token } = story.nexus
  const made = await call("POST", "/panels", token, { workspace: "home", source: shelf, frame })
  await expectPanel(page(), "Shelf")
  await story.me.context.setOffline(true)
  const place = panel(page(), "Shelf").getByRole("textbox", { name: "Place" })
  await place.fill("In the cellar")
  await place.press("Tab")
  // It looks at its line, which it would do by itself a little later.
  await lineIsBack(story.me)
  await saved(story.me).getByText("1 change kept here").waitFor()
  await page().getByRole("button", { name: "Menu", exact: true }).click()
  await page().getByRole("menuitem", { name: "Sign out" }).click()
  const question = page().getByRole("alertdialog")
  await question.getByText(/^1 change of yours is kept on this device alone/).waitFor()
  await question.getByRole("button", { name: "Cancel" }).click()
  await call("DELETE", `/panels/${made.id}?workspace=home`, token)
  await expect.poll(() => panel(grace.page, "Shelf").count()).toBe(0)
  await story.me.context.setOffline(false)
  await lineIsBack(story.me)
  await page().getByText("One thing you did offline did not fit").waitFor({ timeout: 30_000 })
  await panel(page(), "Shelf").waitFor({ state: "detached" })
  await page().getByRole("button", { name: "Decide" }).click()
  const conflicts = page().getByRole("list", { name: "Changes that did not fit" }).getByRole("listitem")
  await conflicts.getByText("In the cellar").waitFor()
  await picture(page(), "offline-removed")
  await conflicts.getByRole("button", { name: /^(Let it go|Keep what is there)$/ }).click()
  await question.getByRole("button", { name: "Cancel" }).click()
  await conflicts.getByRole("button", { name: /^(Let it go|Keep what is there)$/ }).click()
  await question.getByRole("button", { name: "Let it go" }).click()
  await expect.poll(() => conflicts.count()).toBe(0)
})

test("signing out leaves nothing of it in the browser", async () => {
  const databases = "indexedDB.databases().then((all) => all.map(({ name }) => name))"
  expect(await page().evaluate(databases)).toEqual([expect.stringMatching(/^nexus-outbox-/)])
  await page().getByRole("button", { name: "Menu", exact: true }).click()
  await page().getByRole("menuitem", { name: "Sign out" }).click()
  await page().getByLabel("Password").waitFor()
  await expect.poll(() => page().evaluate(databases)).toEqual([])
})

test("nothing was written to anybody's console but that the kernel was away", () => {
  const away = /ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|WebSocket connection/
  // The browser's own word for a service worker that it could not look for anew, which it does after every opening.
  const worker = "error: An unknown error occurred when fetching the script."
  const problems = [...story.me.problems, ...grace.problems]
  expect(problems.filter((problem) => problem !== worker && !away.test(problem))).toEqual([])
})
