import { DIALOG, DRAWER, type Hand, MENU, type Place, QUESTION, said } from "./hand.ts"

/** Two branches that both gave one panel another title, and one that the other has not. */
async function branchOff({ call }: Hand): Promise<string> {
  const { id: workspace } = await call("POST", "/workspaces", { name: "Branches" })
  const source = (title: string) => `<NexusPanel title="${title}"><View><Text content="${title}"/></View></NexusPanel>`
  const { id } = await call("POST", "/panels", { workspace, source: source("List") })
  const rename = (title: string) => call("PUT", `/panels/${id}?workspace=${workspace}`, { source: source(title) })
  const commit = (message: string) => call("POST", "/workspace/commit", { workspace, message })
  await commit("Begin")
  await call("POST", "/workspace/branches", { workspace, name: "other" })
  await call("POST", "/workspace/switch", { workspace, branch: "other" })
  await rename("Errands")
  await commit("Errands")
  await call("POST", "/workspace/switch", { workspace, branch: "main" })
  await rename("Shopping")
  await commit("Shopping")
  await call("POST", "/workspace/tags", { workspace, name: "v1" })
  await rename("Market")
  return workspace
}

async function inMenuOf({ page, button, inMenu }: Hand, commit: string, item: string): Promise<void> {
  await button("More about {subject}", { subject: commit }).click()
  await page.locator(MENU).waitFor()
  await inMenu(item)
}

/** Branches, versions, what differs between two of them, and what a merge asks. */
export const IN_VERSIONS: readonly Place[] = [
  {
    where: "versions with something that is not committed",
    go: async (hand) => {
      await hand.signedIn()
      await hand.go(`#/w/${await branchOff(hand)}`)
      await hand.panel("Market").waitFor()
      await hand.page.keyboard.press("v")
      await hand.button("Something is not committed yet: look at it").waitFor()
      await hand.settled()
    },
    part: DRAWER,
  },
  {
    where: "the difference to now, as two canvases",
    part: DIALOG,
    go: async ({ button, page, settled }) => {
      await button("Something is not committed yet: look at it").click()
      await page.getByRole("region", { name: said("The two canvases") }).waitFor()
      await page
        .getByRole("button", { name: said("{title}, {fate}", { title: "Market", fate: said("changed") }) })
        .first()
        .click()
      await page.locator(`${DIALOG} .nx-panel`).nth(1).waitFor()
      await settled()
    },
  },
  {
    where: "the lines of a panel",
    part: DIALOG,
    go: async ({ button, page }) => {
      await button("Lines of {name}", { name: "Market" }).click()
      await page.getByRole("region", { name: /panel\.nxml/ }).waitFor()
    },
  },
  {
    where: "the menu of branches",
    part: MENU,
    go: async ({ leave, button, page }) => {
      await leave(DIALOG)
      await button("Branch {branch}", { branch: "main" }).click()
      await page.locator(MENU).waitFor()
    },
  },
  {
    where: "a merge that asks",
    part: DIALOG,
    go: async ({ inMenu, page }) => {
      await inMenu("Merge {name} into {branch}", { name: "other", branch: "main" })
      await page.locator(`${DIALOG} [role=group], ${DIALOG} fieldset`).first().waitFor()
    },
  },
  {
    where: "a merge with an own answer",
    part: DIALOG,
    go: async ({ page }) => {
      await page
        .getByRole("radio", { name: said("My own") })
        .first()
        .check()
      await page.locator(DIALOG).getByRole("textbox").waitFor()
    },
  },
  {
    where: "a new branch",
    part: DIALOG,
    go: async ({ leave, button, inMenu, field }) => {
      await leave(DIALOG)
      await button("Branch {branch}", { branch: "main" }).click()
      await inMenu("New branch…")
      await field("Name").waitFor()
    },
  },
  {
    where: "the menu of a version",
    part: MENU,
    go: async ({ leave, button, page }) => {
      await leave(DIALOG)
      await button("More about {subject}", { subject: "Begin" }).click()
      await page.locator(MENU).waitFor()
    },
  },
  {
    where: "a version that is chosen to be compared",
    part: DRAWER,
    go: async ({ inMenu, text }) => {
      await inMenu("Compare with another version…")
      await text("Choose the version to compare with “{choosing}”.", { choosing: "Begin" })
    },
  },
  {
    where: "a version one goes back to",
    part: QUESTION,
    go: async (hand) => {
      await hand.page
        .locator(DRAWER)
        .getByRole("button", { name: said("Cancel") })
        .click()
      await hand.button("Check out {subject}", { subject: "Begin" }).click()
      await hand.page.locator(QUESTION).waitFor()
    },
  },
  {
    where: "a tag",
    part: DIALOG,
    go: async (hand) => {
      await hand.leave(QUESTION)
      await inMenuOf(hand, "Begin", "Tag it")
      await hand.text("A name for this version that stays.")
    },
  },
  {
    where: "what is named, and other repositories",
    part: DRAWER,
    go: async ({ leave, page, settled }) => {
      await leave(DIALOG)
      await page.locator(DRAWER).evaluate((drawer) => {
        for (const folded of drawer.querySelectorAll("details")) folded.open = true
      })
      await settled()
    },
  },
]
