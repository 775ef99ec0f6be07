import { expect, test } from "vitest"
import { panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

const story = tellStory()
const drawer = () => story.me.page.getByRole("complementary", { name: "Versions" })

async function call(method: string, path: string, body?: object) {
  const { page } = story.me
  const { nexus } = story
  const response = await page.request.fetch(`${nexus.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${nexus.token}`, "content-type": "application/json" },
    ...(body ? { data: body } : {}),
  })
  const answer = await response.json()
  expect(response.status(), JSON.stringify(answer)).toBeLessThan(300)
  return answer
}

async function workspace(): Promise<string> {
  return (await call("GET", "/workspaces")).workspaces[0].id
}

async function commit(message: string): Promise<void> {
  await call("POST", "/workspace/commit", { workspace: await workspace(), message })
}

async function inBranchMenu(item: string): Promise<void> {
  await drawer()
    .getByRole("button", { name: /^Branch / })
    .click()
  await story.me.page.getByRole("menuitem", { name: item }).click()
}

async function onBranch(name: string): Promise<void> {
  await story.me.page.getByRole("button", { name: `On branch ${name}`, exact: true }).waitFor()
}

/** Rewrites the Groceries panel's source. */
async function rewrite(change: (source: string) => string): Promise<void> {
  const id = await workspace()
  const { panel: found } = { panel: await call("GET", `/panels/panel_groceries?workspace=${id}`) }
  await call("PUT", `/panels/panel_groceries?workspace=${id}`, { source: change(found.source) })
}

const titled = (title: string) => (source: string) => source.replace(/title="[^"]*"/, `title="${title}"`)
const coffee = (title: string) => panel(story.me.page, title).getByRole("switch", { name: "Coffee" })

test("a branch is begun from the drawer, and the workspace is on it", async () => {
  await commit("Start")
  await story.me.page.getByRole("button", { name: "On branch main" }).click()
  await inBranchMenu("New branch…")
  await story.me.page.getByRole("dialog").getByLabel("Name").fill("try-out")
  await story.me.page.getByRole("button", { name: "Create and switch" }).click()
  await onBranch("try-out")
})

test("both branches change the same panel; switching shows each its own", async () => {
  await rewrite(titled("Errands"))
  await coffee("Errands").click()
  await inBranchMenu("Switch to main")
  await onBranch("main")
  await panel(story.me.page, "Groceries").waitFor()
  await rewrite(titled("Shopping"))
  await panel(story.me.page, "Shopping").waitFor()
})

test("what is not committed is told in sentences, with its lines one click away", async () => {
  const { page } = story.me
  await page.reload()
  await drawerOpen()
  await drawer()
    .getByRole("button", { name: /not committed yet/ })
    .click()
  const dialog = page.getByRole("dialog")
  await dialog.getByText("was called “Groceries”").waitFor()
  await dialog.getByRole("button", { name: "Lines of Shopping" }).click()
  await dialog.getByRole("region", { name: /panel\.nxml/ }).waitFor()
  await picture(page, "branches-difference")
  await page.keyboard.press("Escape")
})

async function drawerOpen(): Promise<void> {
  if (await drawer().isVisible()) return
  await story.me.page.getByRole("button", { name: /^On branch/ }).click()
  await drawer().waitFor()
}

test("a merge asks about the title that both changed, and takes what only one side changed", async () => {
  const { page } = story.me
  await inBranchMenu("Merge try-out into main")
  const dialog = page.getByRole("dialog", { name: "Merge try-out" })
  const conflict = dialog.getByRole("group", { name: "title of Shopping" })
  await conflict.waitFor()
  await picture(page, "branches-conflict-light")
  await page.emulateMedia({ colorScheme: "dark" })
  await conflict.getByRole("radio", { name: "Theirs" }).check()
  await dialog.getByRole("region", { name: "As it would be" }).waitFor()
  await picture(page, "branches-conflict-dark")
  await page.emulateMedia({ colorScheme: "light" })
  await conflict.getByRole("radio", { name: "My own" }).check()
  const text = conflict.getByRole("textbox", { name: /^My own/ })
  await text.fill((await text.inputValue()).replace(/title="[^"]*"/, 'title="Market"'))
  await dialog.getByRole("button", { name: "Merge", exact: true }).click()
  await panel(page, "Market").waitFor()
  await expect.poll(() => coffee("Market").isChecked()).toBe(true)
  await drawer().getByText("Merge try-out into main").waitFor()
  await picture(page, "branches-merged")
})

test("the message of a merge takes it back as one step, and Undo of that merges again", async () => {
  const { page } = story.me
  await page.getByRole("listitem").getByRole("button", { name: "Undo", exact: true }).last().click()
  await panel(page, "Shopping").waitFor()
  await page.keyboard.press("Control+z")
  await panel(page, "Market").waitFor()
  await expect.poll(() => coffee("Market").isChecked()).toBe(true)
})

test("a deleted branch is begun again from where it was by the message that says so", async () => {
  const { page } = story.me
  await drawer().getByText("Branches and tags", { exact: true }).click()
  const named = drawer().getByRole("list", { name: "Branches and tags" })
  const remove = named.getByRole("button", { name: "Delete the branch try-out" })
  await remove.click()
  await remove.waitFor({ state: "detached" })
  await page.getByRole("listitem").getByRole("button", { name: "Undo", exact: true }).last().click()
  await remove.waitFor()
})

test("an old version is taken back, and what came later stays", async () => {
  const { page } = story.me
  const id = await workspace()
  await call("POST", "/panels", {
    workspace: id,
    source: '<NexusPanel title="Passing"><View><Text content="Here"/></View></NexusPanel>',
  })
  await panel(page, "Passing").waitFor()
  await commit("Passing through")
  const kept = async () => JSON.stringify(await call("GET", `/panels/panel_groceries?workspace=${id}`))
  const before = await kept()
  // By the key: the new panel may lie over it. The page shows the press before the kernel has it.
  await coffee("Market").press("Space")
  await expect.poll(kept).not.toBe(before)
  await commit("Later")
  await page.reload()
  await drawerOpen()
  await drawer().getByRole("button", { name: "More about Passing through" }).click()
  await page.getByRole("menuitem", { name: "Take back this version" }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Take back" }).click()
  await panel(page, "Passing").waitFor({ state: "detached" })
  await expect.poll(() => coffee("Market").isChecked()).toBe(false)
  await page.getByRole("listitem").getByRole("button", { name: "Undo", exact: true }).last().click()
  await panel(page, "Passing").waitFor()
  await page.keyboard.press("Control+z")
  await panel(page, "Passing").waitFor({ state: "detached" })
})

test("an old proposal is taken back after later edits of the same source", async () => {
  const { page } = story.me
  const id = await workspace()
  const { source } = await call("GET", `/panels/panel_groceries?workspace=${id}`)
  const proposed = source.replace("</Data>", '<State name="proposed" type="number" default="1"/>\n  </Data>')
  const operations = [{ kind: "panel_source", panel: "panel_groceries", source: proposed, title: "Market" }]
  const { patch } = await call("POST", "/patch/apply", {
    workspace: id,
    base: 0,
    reason: "Count proposals",
    operations,
  })
  await call("POST", `/patches/${patch.id}/accept`, {})
  await rewrite(titled("Bazaar"))
  await panel(page, "Bazaar").waitFor()
  await page.reload()
  await drawerOpen()
  await drawer().getByText("Accepted proposals").click()
  await drawer().getByRole("button", { name: "Take back Count proposals" }).click()
  await page.getByText("Took back “Count proposals”", { exact: true }).waitFor()
  const { source: after } = await call("GET", `/panels/panel_groceries?workspace=${id}`)
  expect(after).toContain('title="Bazaar"')
  expect(after).not.toContain("proposed")
  await picture(page, "branches-patch-taken-back")
  await page.setViewportSize({ width: 420, height: 800 })
  await picture(page, "branches-narrow")
})

test("nothing was written to the console", () => {
  expect(story.me.problems).toEqual([])
})
