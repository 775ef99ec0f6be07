import { DIALOG, DRAWER, type Hand, MENU, type Place, QUESTION, said } from "./hand.ts"

/** A panel that asks, sleeps, logs and fails, as its workspace has it after a minute. */
const BUSY = `<NexusPanel title="Busy">
  <Data><State name="count" type="number" default="0"/></Data>
  <Logic>
    <Capability type="ask" reason="Needs a word"/>
    <Capability type="time" reason="Waits for tomorrow"/>
    <Capability type="kv" scope="notes" reason="Keeps notes"/>
    <Handler name="choose">await nexus.ask("Which of them?", { options: ["This", "That"] })</Handler>
    <Handler name="tell">await nexus.ask("How was it?")</Handler>
    <Handler name="wait">await nexus.sleep("1d")</Handler>
    <Handler name="fail">
      $log.warn("about to fail")
      $state.count += 1
      throw new Error("as it should")
    </Handler>
  </Logic>
  <View><Text content="{$state.count}"/></View>
</NexusPanel>`

/** Fails once more, for a log that shows what happens while it is open. */
export let failAgain = async (): Promise<unknown> => undefined

/** In a workspace of its own, with three runs that wait and one that failed. */
async function keepBusy({ call }: Hand): Promise<string> {
  const { id: workspace } = await call("POST", "/workspaces", { name: "Busy" })
  const query = `workspace=${workspace}`
  const { id } = await call("POST", "/panels", { workspace, source: BUSY, frame: { x: 80, y: 80, w: 320, h: 280 } })
  for (const grant of ["ask", "time"]) await call("PUT", `/panels/${id}/grants?${query}`, { grant, granted: true })
  const run = (handler: string) => call("POST", `/panels/${id}/handlers/${handler}?${query}`, { args: null })
  for (const handler of ["choose", "tell", "wait"]) await run(handler)
  failAgain = () => run("fail").catch(() => undefined)
  await failAgain()
  return workspace
}

function drawer(name: string, ready: string, happens: () => Promise<unknown> = async () => undefined): Place {
  return {
    where: `${name}, with ${ready}`,
    part: DRAWER,
    go: async ({ page }) => {
      await page
        .getByRole("navigation", { name: said("Tools") })
        .getByRole("button", { name: said(name) })
        .click()
      const opened = page.getByRole("complementary", { name: said(name) })
      await opened.waitFor()
      await happens()
      await opened.getByText(ready).first().waitFor()
    },
  }
}

const inShare = (tab: string, ready: (hand: Hand) => Promise<unknown>): Place => ({
  where: `share, ${tab}`,
  part: DIALOG,
  go: async (hand) => {
    await hand.page.getByRole("tab", { name: said(tab), exact: true }).click()
    await ready(hand)
    await hand.settled()
  },
})

/** What is asked, what waits, ran and failed, what is said, edited in place, run, let in, and proposed. */
export const WHILE_THINGS_HAPPEN: readonly Place[] = [
  {
    where: "a question on a panel",
    go: async (hand) => {
      await hand.signedIn()
      await hand.go(`#/w/${await keepBusy(hand)}`)
      await hand.panel("Busy").getByText("Which of them?").waitFor()
    },
  },
  drawer("Inbox", "How was it?"),
  drawer("Permissions", "Keeps notes"),
  drawer("Log", "about to fail", () => failAgain()),
  drawer("Runs", "wait"),
  {
    where: "a run",
    part: DIALOG,
    go: async ({ page }) => {
      await page.getByRole("tab", { name: said("Recent") }).click()
      await page
        .locator(DRAWER)
        .getByRole("button", { name: /as it should/ })
        .first()
        .click()
      await page.locator(DIALOG).getByText("about to fail").waitFor()
    },
  },
  {
    where: "edited in place",
    part: DRAWER,
    go: async ({ page, leave, panel, region }) => {
      await leave(DIALOG)
      await leave(DRAWER)
      await panel("Busy").getByRole("heading", { name: "Busy" }).dblclick()
      await page.getByRole("treeitem", { name: /Text/ }).click()
      await region("Properties")
    },
  },
  {
    where: "the runner",
    part: DRAWER,
    go: async ({ page }) => {
      await page.getByRole("tab", { name: said("Handlers") }).click()
      await page.locator(DRAWER).getByRole("button", { name: /^tell/ }).click()
      await page.getByRole("form", { name: said("Run {name}", { name: "tell" }) }).waitFor()
    },
  },
  {
    where: "the run log",
    part: DRAWER,
    go: async ({ page }) => {
      await page.getByRole("tab", { name: said("Run log") }).click()
      await page.locator(DRAWER).getByText(/fail/).first().waitFor()
    },
  },
  {
    where: "a comment",
    part: DIALOG,
    go: async ({ page, button, command, field }) => {
      await button("Close {title}", { title: said("Inspector: {title}", { title: "Busy" }) }).click()
      await page.locator(DRAWER).waitFor({ state: "detached" })
      await command("New comment")
      await field("What do you want to say?").waitFor()
    },
  },
  {
    where: "a thread",
    part: DIALOG,
    go: async ({ page, field, button }) => {
      await field("What do you want to say?").fill("Is that so?")
      await page.keyboard.press("Enter")
      await button("Resolve").waitFor()
    },
  },
  {
    where: "the menu of a comment",
    part: MENU,
    go: async ({ page, button }) => {
      await button("More for this comment").click()
      await page.locator(MENU).waitFor()
    },
  },
  {
    where: "share, People",
    part: DIALOG,
    go: async ({ page, leave, button, field, settled }) => {
      await leave(MENU)
      await page.keyboard.press("Escape")
      await page.locator(DIALOG).waitFor({ state: "detached" })
      await button("Share").click()
      await button("Create link").click()
      await field("Share link").waitFor()
      await settled()
    },
  },
  inShare("Embed", ({ text }) => text("How it looks there")),
  inShare("Single panels", async ({ button }) => {
    await button("Narrow").click()
    await button("Lift").waitFor()
  }),
  inShare("Usage", ({ text }) => text("Runs today")),
  inShare("Log", async () => undefined),
  {
    where: "a link that is to be stopped",
    part: QUESTION,
    go: async ({ page }) => {
      await page.getByRole("tab", { name: said("People") }).click()
      await page
        .getByRole("list", { name: said("Links that work") })
        .getByRole("button")
        .first()
        .click()
      await page.locator(QUESTION).waitFor()
    },
  },
  {
    where: "the assistant with a patch",
    part: DRAWER,
    go: async ({ page, leave, workspace, go, field, button }) => {
      await leave(QUESTION)
      await leave(DIALOG)
      await go(`#/w/${await workspace("My workspace")}`)
      await page.locator(".react-flow__node .nx-panel").nth(2).waitFor()
      await page.keyboard.press("a")
      await field("Message to the assistant").fill("say what Add does")
      await button("Send").click()
      await button("Review").waitFor()
    },
  },
  {
    where: "a patch that is looked at",
    part: DIALOG,
    go: async ({ button, text }) => {
      await button("Review").click()
      await text("Differences")
    },
  },
]
