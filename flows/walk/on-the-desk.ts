import { DIALOG, DRAWER, type Hand, MENU, type Place, QUESTION, said } from "./hand.ts"

/** A drawer that a key opens; it stays until the next place. */
function drawer(key: string, before = DRAWER): Place {
  return {
    where: `the drawer of ${key}`,
    part: DRAWER,
    go: async ({ page, settled }) => {
      await closeFirst(page, before)
      await page.keyboard.press(key)
      await page.locator(DRAWER).waitFor()
      await settled()
    },
  }
}

function dialog(key: string): Place {
  return {
    where: `the dialog of ${key}`,
    part: DIALOG,
    go: async ({ page, settled }) => {
      await closeFirst(page, `${DRAWER}, ${DIALOG}`)
      await page.keyboard.press(key)
      await page.locator(DIALOG).waitFor()
      await settled()
    },
  }
}

async function closeFirst(page: Hand["page"], what: string): Promise<void> {
  if ((await page.locator(what).count()) === 0) return
  await page.keyboard.press("Escape")
  await page.locator(what).first().waitFor({ state: "detached" })
}

/** The desk with the panels that everybody begins with, and all that a key or a button opens there. */
export const ON_THE_DESK: readonly Place[] = [
  {
    where: "the canvas",
    go: ({ signedIn }) => signedIn(),
  },
  {
    where: "the menu of the workspace",
    part: MENU,
    go: async ({ button, page }) => {
      await button("Menu").click()
      await page.locator(MENU).waitFor()
    },
  },
  {
    where: "a place for a comment",
    go: async ({ leave, page, text }) => {
      await leave(MENU)
      await page.keyboard.press("c")
      await text("Click where the comment belongs")
    },
  },
  {
    where: "the menu of a panel",
    part: MENU,
    go: async ({ panel, button, page }) => {
      await button("Cancel").click()
      await panel("Groceries").hover()
      await button("More for {title}", { title: "Groceries" }).click()
      await page.locator(MENU).waitFor()
    },
  },
  {
    where: "the right-button menu of a panel",
    part: MENU,
    go: async ({ leave, panel, page }) => {
      await leave(MENU)
      await panel("Groceries").getByRole("heading", { name: "Groceries" }).click({ button: "right" })
      await page.locator(MENU).waitFor()
    },
  },
  {
    where: "the right-button menu of the canvas",
    part: MENU,
    go: async ({ leave, page }) => {
      await leave(MENU)
      await page.mouse.click(700, 150, { button: "right" })
      await page.locator(MENU).waitFor()
    },
  },
  {
    where: "the right-button menu of several",
    part: MENU,
    go: async ({ leave, panel, page }) => {
      await leave(MENU)
      await page.keyboard.press("ControlOrMeta+A")
      await page.getByRole("toolbar").waitFor()
      await panel("Groceries").getByRole("heading", { name: "Groceries" }).click({ button: "right" })
      await page.locator(MENU).waitFor()
    },
  },
  {
    where: "several that are chosen, the minimap and the lines",
    go: async ({ leave, page }) => {
      await leave(MENU)
      await page.getByRole("toolbar").waitFor()
      await page.keyboard.press("m")
      await page.locator(".react-flow__minimap").waitFor()
    },
  },
  {
    where: "finding",
    go: async ({ leave, page, field }) => {
      await leave("[role=toolbar]")
      await page.keyboard.press("/")
      await field("Find on the canvas").fill("coffee")
      await page.getByRole("option").first().waitFor()
    },
    part: "search, [role=search], [role=listbox]",
  },
  {
    where: "a presentation",
    go: async ({ page, region, field }) => {
      await page.keyboard.press("Escape")
      await field("Find on the canvas").waitFor({ state: "detached" })
      await page.keyboard.press("Shift+P")
      await region("Presentation")
    },
  },
  {
    where: "a panel that fills the window",
    part: DIALOG,
    go: async ({ page, command }) => {
      await page.keyboard.press("Escape")
      await page.locator(DRAWER).or(page.getByRole("banner")).first().waitFor()
      await command("One panel at a time")
      await page.locator(`${DIALOG} .nx-panel`).waitFor()
    },
  },
  ...["a", "q", "Shift+C", "r", "l", "p", "g", "h", "v"].map((key, index) =>
    drawer(key, index === 0 ? DIALOG : DRAWER),
  ),
  {
    where: "what did not fit",
    part: DRAWER,
    go: async ({ leave, command, text }) => {
      await leave(DRAWER)
      await command("Changes that did not fit")
      await text("Everything you did is in")
    },
  },
  ...["?", "ControlOrMeta+K", "n"].map(dialog),
]

/** A panel that is written, a version, a moment, a value, a picture, a table: what one makes on the desk. */
export const MAKING: readonly Place[] = [
  dialog("Shift+N"),
  {
    where: "findings of the checker",
    part: DIALOG,
    go: async ({ page }) => {
      await page.locator(".cm-line", { hasText: "<View" }).click()
      await page.keyboard.press("End")
      await page.keyboard.insertText('<Metrc label="x"/>{$state.nothing}<Text content="{$state.nothing +}"/>')
      await page.locator(".cm-lintRange-error").first().waitFor()
      await page.getByRole("dialog").getByRole("listitem").nth(2).waitFor()
    },
  },
  {
    where: "completion",
    part: DIALOG,
    go: async ({ page }) => {
      await page.keyboard.type("<Tex")
      await page.locator(".cm-completionInfo").waitFor()
    },
    english: true,
  },
  {
    where: "what was written and is let go",
    part: QUESTION,
    go: async ({ page, button, text }) => {
      await page.keyboard.press("Escape")
      await button("Cancel").click()
      await text("Discard what you wrote?")
    },
  },
  {
    where: "a commit",
    part: DIALOG,
    go: async ({ page, button, text }) => {
      await button("Discard").click()
      await page.locator(DIALOG).waitFor({ state: "detached" })
      await button("Commit").click()
      await text("Commit this workspace")
    },
  },
  {
    where: "time",
    go: async ({ leave, page, text }) => {
      await leave(DIALOG)
      await page.keyboard.press("t")
      await text("Back to now")
    },
  },
  {
    where: "as it was",
    go: async ({ button }) => {
      await button("Earlier change").click()
      await button("Return").waitFor()
    },
  },
  {
    where: "values",
    part: DRAWER,
    go: async ({ page, button, panel, text }) => {
      await button("Close time").click()
      const groceries = panel("Groceries")
      await groceries.getByRole("switch", { name: "Coffee" }).click()
      await groceries.hover()
      await groceries.getByRole("button", { name: said("Values and why") }).click()
      await text("Computed")
      await page.locator(DRAWER).waitFor()
    },
  },
  {
    where: "a value that is changed",
    part: DRAWER,
    go: async ({ page, button, field }) => {
      await button("Change {name}", { name: "draft" }).click()
      await field("Value of {name}".replace("{name}", "draft"))
        .or(page.getByLabel(said("Value of {name}", { name: "draft" })))
        .waitFor()
    },
  },
  {
    where: "why",
    part: DIALOG,
    go: async ({ page, button, text }) => {
      await page.keyboard.press("Escape")
      await button("Why? {name}", { name: "items" }).click()
      await text("Story").catch(() => page.getByRole("list", { name: said("Story") }).waitFor())
    },
  },
  {
    where: "a picture",
    part: DIALOG,
    go: async ({ leave, command, page }) => {
      await leave(DIALOG)
      await command("Save the canvas as a picture")
      await page.getByRole("radio", { name: "PDF" }).waitFor()
    },
  },
  {
    where: "an export",
    part: DIALOG,
    go: async ({ leave, command, button }) => {
      await leave(DIALOG)
      await command("Export this workspace")
      await button("Export").waitFor()
    },
  },
  {
    where: "a table",
    part: DIALOG,
    go: async ({ leave, command, dialog: opened, button, page }) => {
      await leave(DIALOG)
      await command("New panel from a CSV or JSON file")
      await opened().getByRole("textbox").fill("who\tcups\nAda\t3\n")
      await button("Read them").click()
      await page.locator(DIALOG).getByRole("cell", { name: "Ada" }).waitFor()
    },
  },
  {
    where: "the tour",
    part: `section[aria-label="${said("Tour")}"]`,
    go: async ({ leave, command, page }) => {
      await leave(DIALOG)
      await command("Take the tour")
      await page
        .getByRole("region", { name: said("Tour") })
        .getByRole("heading")
        .waitFor()
    },
  },
]
