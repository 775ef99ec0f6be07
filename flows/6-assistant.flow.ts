import { createScriptedModel, type ScriptedModel } from "@nexus/os"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { leaveBrowser, newPerson, openBrowser, type Person, panel, picture, signIn } from "./browser.ts"
import { type Nexus, startNexus } from "./nexus.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await leaveBrowser(browser)
})

async function ask({ page }: Person, message: string): Promise<void> {
  await page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name: "Assistant" }).click()
  await page.getByLabel("Message to the assistant").fill(message)
  await page.getByRole("button", { name: "Send" }).click()
}

describe("with a model", () => {
  let nexus: Nexus
  let model: ScriptedModel
  let me: Person

  beforeAll(async () => {
    model = await createScriptedModel([
      {
        text: "I add a button that empties the list.",
        call: {
          name: "propose_patch",
          args: {
            reason: "Add a clear-all button to Groceries",
            edit: [
              {
                panel: "panel_groceries",
                edits: [
                  {
                    find: '<Handler name="clear_done">',
                    replace: '<Handler name="clear_all">$state.items = []</Handler>\n    <Handler name="clear_done">',
                  },
                  {
                    find: '<If test="{$computed.done > 0}">',
                    replace:
                      '<Button label="Clear all" variant="quiet" onClick="clear_all()"/>\n      <If test="{$computed.done > 0}">',
                  },
                ],
              },
            ],
          },
        },
      },
      {
        text: "I call it Empty.",
        call: {
          name: "propose_patch",
          args: {
            reason: "Call it Empty",
            edit: [{ panel: "panel_groceries", edits: [{ find: 'title="Groceries"', replace: 'title="Empty"' }] }],
          },
        },
      },
      { text: "Done." },
    ])
    nexus = await startNexus({
      env: { OPENAI_API_KEY: "sk-flow", OPENAI_BASE_URL: model.url, NEXUS_MODEL: "scripted-1" },
    })
    me = await newPerson(browser)
    await signIn(me, nexus.signIn)
  })
  afterAll(async () => {
    await nexus?.close()
    await model?.close()
  })

  test("it reads the graph within a budget and answers with a patch to review", async () => {
    const { page } = me
    await ask(me, "add a clear-all button")
    await page.getByText("I add a button that empties the list.").waitFor()
    await page.getByText(/Read \d+ things?/).waitFor()
    await page.getByRole("button", { name: "Review" }).waitFor()
    await picture(page, "6-assistant-answers")
    expect(JSON.stringify(model.requests[0]?.body.messages)).toContain("Groceries")
    expect(await panel(page, "Groceries").getByRole("button", { name: "Clear all" }).count()).toBe(0)
  })

  test("the review shows before and after, rendered, and every difference to tick", async () => {
    const { page } = me
    await page.getByRole("button", { name: "Review" }).click()
    const dialog = page.getByRole("dialog", { name: "Add a clear-all button to Groceries" })
    await dialog.getByRole("button", { name: "Clear all" }).waitFor()
    expect(await dialog.getByRole("checkbox").count()).toBeGreaterThan(0)
    await picture(page, "6-review")
  })

  test("accepted, it is one change whose cause is the AI and whose approver is me", async () => {
    const { page } = me
    await page.getByRole("button", { name: "Accept" }).click()
    await panel(page, "Groceries").getByRole("button", { name: "Clear all" }).waitFor()
    const now = Date.now()
    const answer = await fetch(
      `${nexus.url}/api/v1/twin/timeline?workspace=home&from=${now - 60_000}&to=${now + 1000}`,
      {
        headers: { authorization: `Bearer ${nexus.token}` },
      },
    )
    const timeline = JSON.stringify(await answer.json())
    expect(timeline).toMatch(/"kind":"ai"/)
    await picture(page, "6-accepted")
    await page.getByRole("button", { name: "Close Assistant" }).click()
    await panel(page, "Groceries").getByRole("button", { name: "Clear all" }).click()
    await panel(page, "Groceries").getByText("Nothing on the list yet.").waitFor()
  })

  test("the message of what was accepted takes it back, and leaves what was done since", async () => {
    const { page } = me
    await page.getByRole("button", { name: "Undo", exact: true }).last().click()
    await panel(page, "Groceries").getByRole("button", { name: "Clear all" }).waitFor({ state: "detached" })
    await panel(page, "Groceries").getByText("Nothing on the list yet.").waitFor()
  })

  test("to reject is asked about first, and then nothing has changed", async () => {
    const { page } = me
    await ask(me, "call it Empty")
    await page.getByText("I call it Empty.").waitFor()
    await page.getByRole("button", { name: "Review" }).click()
    const dialog = page.getByRole("dialog", { name: "Call it Empty" })
    await dialog.getByRole("button", { name: "Reject" }).click()
    await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click()
    await dialog.getByRole("button", { name: "Reject" }).click()
    await page.getByRole("alertdialog").getByRole("button", { name: "Reject it" }).click()
    await dialog.waitFor({ state: "detached" })
    await panel(page, "Groceries").waitFor()
    await page.getByRole("complementary", { name: "Assistant" }).getByText("Rejected", { exact: true }).waitFor()
  })

  test("nothing was written to the console", () => {
    expect(me.problems).toEqual([])
  })
})

describe("without a model", () => {
  test("the assistant says in one sentence how to configure one", async () => {
    const nexus = await startNexus()
    try {
      const me = await newPerson(browser)
      await signIn(me, nexus.signIn)
      await ask(me, "add a clear-all button")
      await me.page.getByText(/OPENAI_API_KEY.*NEXUS_MODEL/).waitFor()
      await picture(me.page, "6-no-model")
      expect(me.problems).toEqual([])
    } finally {
      await nexus.close()
    }
  })
})
