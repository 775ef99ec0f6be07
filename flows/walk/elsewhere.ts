import type { Hand, Place } from "./hand.ts"

async function embedded(
  hand: Hand,
  panel?: string,
): Promise<{ readonly url: string; readonly stop: () => Promise<unknown> }> {
  const shares = `/workspaces/${await hand.workspace("My workspace")}/shares`
  const what = { role: "viewer", embedHosts: ["https://example.org"], ...(panel ? { embedPanel: panel } : {}) }
  const { id, url } = await hand.call("POST", shares, what)
  return { url, stop: () => hand.call("DELETE", `${shares}/${id}`) }
}

/** What other sites show of a workspace, and a panel as a page of its own. */
export const ELSEWHERE: readonly Place[] = [
  {
    where: "an embedded panel",
    go: async (hand) => {
      await hand.signedIn()
      const { url } = await embedded(hand, "panel_groceries")
      await hand.page.goto(url)
      await hand.page.locator(".nx-panel").waitFor()
    },
  },
  {
    where: "an embedded canvas",
    go: async (hand) => {
      const { url, stop } = await embedded(hand)
      await hand.page.goto(url)
      await hand.page.locator(".nx-panel").nth(2).waitFor()
      stopCanvas = stop
    },
  },
  {
    where: "an embed that has ended",
    go: async ({ text }) => {
      await stopCanvas()
      await text("This is not shown here any more")
    },
  },
  {
    where: "an embed whose address is not whole",
    go: async ({ page, text }) => {
      await page.goto(page.url().replace(/#.*/, ""))
      await text("This address is not whole")
    },
  },
  {
    where: "a panel as a page",
    english: true,
    byDevice: true,
    go: async (hand) => {
      const workspace = await hand.workspace("My workspace")
      await hand.go(`api/v1/panels/panel_groceries/render?workspace=${workspace}`)
      await hand.page.locator("#nexus-panel[data-state=live]").waitFor()
    },
  },
]

let stopCanvas: () => Promise<unknown> = async () => undefined
