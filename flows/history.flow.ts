import { expect, test } from "vitest"
import { panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

/** Many versions of many people: found again by panel and person, named by tags, and compared two by two. */
const story = tellStory()
const drawer = () => story.me.page.getByRole("complementary", { name: "Versions" })
const rows = () => drawer().getByRole("list", { name: "History" }).getByRole("listitem")

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

test("of many versions, those of one panel are shown, with the tags that name them", async () => {
  const { page } = story.me
  const workspace = (await call("GET", "/workspaces")).workspaces[0].id
  const { source } = await call("GET", `/panels/panel_groceries?workspace=${workspace}`)
  await call("POST", "/workspace/commit", { workspace, message: "Start" })
  for (let number = 1; number <= 8; number += 1) {
    const title = `Market ${number}`
    await call("PUT", `/panels/panel_groceries?workspace=${workspace}`, {
      source: source.replace(/title="[^"]*"/, `title="${title}"`),
    })
    await call("POST", "/workspace/commit", { workspace, message: `Call it ${title}\n\nThe eighth name was the best.` })
  }
  await call("POST", "/panels", {
    workspace,
    source: '<NexusPanel title="Notes"><View><Text content="Here"/></View></NexusPanel>',
  })
  await call("POST", "/workspace/commit", { workspace, message: "Begin notes" })
  await call("POST", "/workspace/tags", { workspace, name: "release-1.0" })
  await page.getByRole("button", { name: /^On branch/ }).click()
  await expect.poll(() => rows().count()).toBe(10)
  await drawer().getByText("release-1.0").first().waitFor()
  await picture(page, "history-many")
  await drawer().getByLabel("Panel").selectOption({ label: "Notes" })
  await expect.poll(() => rows().count()).toBe(1)
  await drawer().getByLabel("Panel").selectOption({ label: "Market 8" })
  await expect.poll(() => rows().count()).toBe(9)
  await drawer().getByLabel("Person").selectOption({ index: 1 })
  await expect.poll(() => rows().count()).toBe(9)
  await picture(page, "history-filtered")
})

test("any two versions are compared", async () => {
  const { page } = story.me
  await drawer().getByRole("button", { name: "More about Call it Market 2" }).click()
  await page.getByRole("menuitem", { name: "Compare with another version…" }).click()
  await drawer().getByText("Choose the version to compare with “Call it Market 2”.").waitFor()
  await picture(page, "history-choosing")
  await drawer().getByRole("button", { name: "Compare with Call it Market 6" }).click()
  const dialog = page.getByRole("dialog", { name: "From “Call it Market 2” to “Call it Market 6”" })
  await dialog.getByText("was called “Market 2”").waitFor()
  await dialog.getByRole("button", { name: "Lines of Market 6" }).click()
  await dialog.getByRole("region", { name: /panel\.nxml/ }).waitFor()
  await picture(page, "history-two-light")
  await page.emulateMedia({ colorScheme: "dark" })
  await picture(page, "history-two-dark")
  await page.keyboard.press("Escape")
  await picture(page, "history-dark")
  await page.emulateMedia({ colorScheme: "light" })
})

test("a checkout is taken back by the key, like every change of one's own", async () => {
  const { page } = story.me
  await drawer().getByRole("button", { name: "Check out Call it Market 3" }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Check out" }).click()
  await panel(page, "Market 3").waitFor()
  await page.keyboard.press("Control+z")
  await panel(page, "Market 8").waitFor()
  await page.setViewportSize({ width: 420, height: 800 })
  await picture(page, "history-narrow")
})

test("nothing was written to the console", () => {
  expect(story.me.problems).toEqual([])
})
