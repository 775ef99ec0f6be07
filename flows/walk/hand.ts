import { createScriptedModel } from "@nexus/os"
import type { Locator, Request } from "playwright-core"
import { expect } from "vitest"
import { pseudo } from "../../apps/graphstudio/src/words/pseudo.ts"
import { leaveBrowser, newPerson, openBrowser, panel } from "../browser.ts"
import { startNexus } from "../nexus.ts"

/*
 * A walk through the studio is a list of places, each reached from the one before. The studio speaks its pseudo-locale
 * on the way, so a label is found by what `said` makes of the English in the source.
 */

/** One thing to look at. */
export interface Place {
  readonly where: string
  /** Goes there from the place before, and is done when what is to be looked at is there. */
  readonly go: (hand: Hand) => Promise<unknown>
  /** What opened just now, where all that lies behind it was looked at before. */
  readonly part?: string
  /** It has no settings of its own look. */
  readonly byDevice?: true
  /** Written in English by decision: its words are not looked at. */
  readonly english?: true
}

/** What a message is in the pseudo-locale: `said("Close {title}", { title: "Log" })`. No plurals. */
export function said(message: string, values: Readonly<Record<string, string>> = {}): string {
  return pseudo(message).replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `{${name}}`)
}

/** The beginning of a message that says more than is known here. */
export function begun(message: string): string {
  return said(message).replace(/^\[|·*\]$/g, "")
}

export const DRAWER = "aside"
export const DIALOG = "[role=dialog]"
export const QUESTION = "[role=alertdialog]"
export const MENU = "[role=menu]"

/** The whole system with a model that proposes one patch, a browser, and one person in it, who is nobody yet. */
export async function openWalk() {
  const edits = [{ find: 'label="Add" variant', replace: 'label="Put on the list" variant' }]
  const proposal = {
    name: "propose_patch",
    args: { reason: "Say what Add does", edit: [{ panel: "panel_groceries", edits }] },
  }
  const model = await createScriptedModel([
    { text: "I name the button after what it does.", call: proposal },
    { text: "Done." },
  ])
  const nexus = await startNexus({
    env: { OPENAI_API_KEY: "sk-flow", OPENAI_BASE_URL: model.url, NEXUS_MODEL: "scripted-1" },
  })
  const browser = await openBrowser()
  const me = await newPerson(browser)
  const { page } = me
  page.setDefaultTimeout(10_000)
  await page.emulateMedia({ reducedMotion: "reduce" })
  await speak("en-XA")

  /** From now on each page begins in this language, whoever signs in. */
  function speak(language: string): Promise<unknown> {
    return me.context.addInitScript((tag) => {
      localStorage.setItem("nexus.language", tag)
      localStorage.setItem("nexus.only-here", "yes")
    }, language)
  }

  let known = false

  /** On the desk as the owner, by the link. Once: a list that may be walked alone begins with it. */
  async function signedIn(): Promise<void> {
    if (known) return
    known = true
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(nexus.signIn)
    await page.locator(".react-flow__node .nx-panel").nth(2).waitFor()
  }

  /** The address of one of the person's workspaces. */
  async function workspace(called: string): Promise<string> {
    const { workspaces } = await call("GET", "/workspaces")
    return workspaces.find(({ name }: { readonly name: string }) => name === called).id
  }

  async function call(method: string, path: string, body?: unknown) {
    const headers = { authorization: `Bearer ${nexus.token}`, "content-type": "application/json" }
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
    const response = await fetch(`${nexus.url}/api/v1${path}`, init)
    const answer = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${answer}`)
    return JSON.parse(answer || "{}")
  }

  const button = (label: string, values?: Record<string, string>): Locator =>
    page.getByRole("button", { name: said(label, values), exact: true }).filter({ visible: true })
  const inMenu = (label: string, values?: Record<string, string>) =>
    page.getByRole("menuitem", { name: said(label, values) }).click()

  const fetching = new Set<Request>()
  page.on("request", (request) => fetching.add(request))
  page.on("requestfinished", (request) => fetching.delete(request))
  page.on("requestfailed", (request) => fetching.delete(request))

  /** Nothing is being fetched any more, and no skeleton stands for what is to come. */
  async function settled(): Promise<void> {
    await expect.poll(() => [...fetching].map((request) => request.url())).toEqual([])
    await page.locator(".nx-skeleton").first().waitFor({ state: "detached" })
  }

  /** By the palette, which reaches everything. */
  async function command(label: string, values?: Record<string, string>): Promise<void> {
    await page.keyboard.press("ControlOrMeta+K")
    await page.getByPlaceholder(said("What do you want to do?")).fill(said(label, values))
    await page.keyboard.press("Enter")
    await page.getByPlaceholder(said("What do you want to do?")).waitFor({ state: "detached" })
  }

  /** Escape, and `what` is gone. */
  async function leave(what: string): Promise<void> {
    await page.keyboard.press("Escape")
    await page.locator(what).first().waitFor({ state: "detached" })
  }

  return {
    nexus,
    browser,
    me,
    page,
    speak,
    signedIn,
    call,
    workspace,
    button,
    inMenu,
    settled,
    command,
    leave,
    panel: (title: string) => panel(page, title),
    go: (hash: string) => page.goto(`${nexus.url}/${hash}`),
    field: (label: string) => page.getByLabel(said(label), { exact: true }).filter({ visible: true }),
    text: (message: string, values?: Record<string, string>) => page.getByText(said(message, values)).first().waitFor(),
    region: (label: string, values?: Record<string, string>) =>
      page
        .getByRole("region", { name: said(label, values) })
        .first()
        .waitFor(),
    dialog: () => page.locator(`${DIALOG}, ${QUESTION}`).last(),
    async close() {
      await leaveBrowser(browser)
      await nexus.close()
      await model.close()
    },
  }
}

export type Hand = Awaited<ReturnType<typeof openWalk>>
