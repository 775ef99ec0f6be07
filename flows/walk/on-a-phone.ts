import { expect } from "vitest"
import { picture } from "../browser.ts"
import { begun, DIALOG, DRAWER, type Hand, type Place, said } from "./hand.ts"
import { failAgain } from "./while-things-happen.ts"

const WIDTH = 390

const tool = ({ page }: Hand, name: string) =>
  page.getByRole("navigation", { name: said("Tools") }).getByRole("button", { name: said(name) })

/** No wider than the phone, whatever stands in it. */
async function fits({ page }: Hand, what: string): Promise<void> {
  const box = await page.locator(what).last().boundingBox()
  expect((box?.x ?? 0) + (box?.width ?? 999), what).toBeLessThanOrEqual(WIDTH)
}

/** A drawer by the sheet of everything else. */
function drawer(name: string, ready: string, happens: () => Promise<unknown> = async () => undefined): Place {
  return {
    where: `${name} on a phone`,
    part: DRAWER,
    go: async (hand) => {
      await tool(hand, "More").click()
      await hand.page
        .locator(DIALOG)
        .getByRole("button", { name: said(name) })
        .click()
      await hand.page.locator(DRAWER).waitFor()
      await happens()
      await hand.page.locator(DRAWER).getByText(ready).first().waitFor()
      await fits(hand, DRAWER)
      await picture(hand.page, `phone-${name.toLowerCase()}`)
    },
  }
}

/** The same studio in the window of a phone. */
export const ON_A_PHONE: readonly Place[] = [
  {
    where: "one panel at a time",
    go: async (hand) => {
      await hand.page.setViewportSize({ width: WIDTH, height: 844 })
      await hand.go(`#/w/${await hand.workspace("Busy")}`)
      await hand.page.reload()
      await hand.region("Panels")
      await hand.panel("Busy").getByText("Which of them?").waitFor()
    },
  },
  {
    where: "the list of panels",
    part: DIALOG,
    go: async (hand) => {
      await tool(hand, "Panels").click()
      await hand.page.locator(DIALOG).getByRole("button", { name: "Busy" }).waitFor()
    },
  },
  {
    where: "everything else",
    part: DIALOG,
    go: async (hand) => {
      await hand.leave(DIALOG)
      await tool(hand, "More").click()
      await hand.page.locator(DIALOG).waitFor()
      await hand.page.keyboard.press("Escape")
      await hand.page.locator(DIALOG).waitFor({ state: "detached" })
      await tool(hand, "More").click()
      await hand.page.locator(DIALOG).waitFor()
    },
  },
  {
    where: "what is said about a panel",
    part: DIALOG,
    go: async (hand) => {
      await hand.leave(DIALOG)
      await hand.page
        .getByRole("button", { name: new RegExp(begun(" on this panel")) })
        .first()
        .click()
      await hand.page.locator(DIALOG).waitFor()
    },
  },
  {
    where: "the map",
    go: async (hand) => {
      await hand.leave(DIALOG)
      await tool(hand, "Canvas").click()
      await hand.page.locator(".react-flow__node").first().waitFor()
    },
  },
  drawer("Inbox", "How was it?"),
  drawer("Permissions", "Keeps notes"),
  drawer("Log", "about to fail", () => failAgain()),
  drawer("Runs", "wait"),
  {
    where: "a run on a phone",
    part: DIALOG,
    go: async (hand) => {
      const { page } = hand
      await page.getByRole("tab", { name: said("Recent") }).click()
      await page
        .locator(DRAWER)
        .getByRole("button", { name: /as it should/ })
        .first()
        .click()
      await page.locator(DIALOG).getByText("about to fail").waitFor()
      await fits(hand, DIALOG)
      await picture(page, "phone-run")
    },
  },
]
