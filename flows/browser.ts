import { mkdir } from "node:fs/promises"
import { join, resolve } from "node:path"
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core"
import { expect } from "vitest"

const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

const artifacts = resolve(import.meta.dirname, "artifacts")

let opened: Promise<Browser> | undefined

/**
 * Debian's Chromium, headless: one for all stories of a worker, each in contexts of its own, which share nothing. It
 * ends with the worker. A browser for each story cost a second of every file.
 */
export async function openBrowser(): Promise<Browser> {
  const before = await opened
  if (before?.isConnected()) return before
  opened = launch()
  return opened
}

/** Closes every window of the story, and what it left in the browser goes with them. */
export async function leaveBrowser(browser: Browser | undefined): Promise<void> {
  await Promise.all((browser?.contexts() ?? []).map((context) => context.close()))
}

/** As root it must run without its own sandbox. */
function launch(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? [...FLAGS, "--no-sandbox"] : FLAGS
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args })
}

/** The window of a phone. */
const PHONE = { width: 390, height: 844 }

/** One person at one screen. `problems` collects every console error, warning and uncaught exception. */
export interface Person {
  readonly page: Page
  readonly context: BrowserContext
  readonly problems: string[]
}

export async function newPerson(browser: Browser, options: { dark?: boolean; phone?: boolean } = {}): Promise<Person> {
  const context = await browser.newContext({
    ...(options.phone
      ? { viewport: PHONE, hasTouch: true, isMobile: true }
      : { viewport: { width: 1440, height: 900 } }),
    colorScheme: options.dark ? "dark" : "light",
  })
  return personAt(context)
}

/** Another window of the same person's browser. */
export function secondWindow({ context }: Person): Promise<Person> {
  return personAt(context)
}

async function personAt(context: BrowserContext): Promise<Person> {
  const page = await context.newPage()
  const problems: string[] = []
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`))
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      problems.push(`${message.type()}: ${message.text()}`)
  })
  return { page, context, problems }
}

/** Opens the one-time link and waits for the canvas with its panels. */
export async function signIn(person: Person, link: string): Promise<void> {
  await person.page.goto(link)
  await expectPanel(person.page, "Groceries")
}

/** The browser says that there is a network again, as it does after a tunnel: nobody waits for the page's next try. */
export async function lineIsBack({ page }: Person): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event("online")))
}

export function panel(page: Page, title: string) {
  return page.getByRole("region", { name: title, exact: true })
}

export async function expectPanel(page: Page, title: string): Promise<void> {
  await panel(page, title).waitFor({ state: "visible", timeout: 20_000 })
}

/** Keeps a picture of the page as a test artefact. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(artifacts, { recursive: true })
  const file = join(artifacts, `${name}.png`)
  const bytes = await page.screenshot({ path: file, animations: "disabled" })
  expect(bytes.byteLength).toBeGreaterThan(10_000)
}
