import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { violations } from "./axe.ts"
import { newPerson, openBrowser, type Person, picture } from "./browser.ts"
import { type Nexus, startNexus } from "./nexus.ts"

/*
 * The studio in a pseudo-locale: every text it asks for is accented, so whatever is plain English on a page was never
 * asked for, or is somebody's own (names, panels). Labels are accented too, so the way through the pages goes by keys
 * and addresses. What needs no more than that to be seen is looked at by axe on the same way, in its four looks; what
 * needs something to have happened is in `accessible.flow.ts`.
 */

let browser: Browser
let nexus: Nexus
let me: Person

beforeAll(async () => {
  browser = await openBrowser()
  nexus = await startNexus()
  me = await newPerson(browser)
})
afterAll(async () => {
  await browser?.close()
  await nexus?.close()
})

/** What is somebody's own on these pages: names of people, panels, tiers, branches and devices, the reasons that changes were given, and what Intl formats. */
const OWN =
  /^(Nexus|Owner|OW|My workspace|main|Groceries|Focus timer|Weather|This machine|Chrome on .*|English|Deutsch|.*@.*|\d.*|.* ago|now|method link.*|enterprise|(installed|created) .*|Gallery|[A-Z][a-z]{2} \d.*|(PNG|SVG|PDF|CSV|JSON|NXML))$/

/** Texts and accessible names on the page that were never asked for. Panels and code are somebody's own. */
async function unsaid(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const own =
      ".nx-sheet, .react-flow__node, [class*=nx-graph], .nx-tool, svg, code, kbd, pre, script, style, .cm-editor, [lang]:not(html), [translate=no]"
    const found: string[] = []
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement
      if (!element || element.closest(own)) continue
      if (node instanceof Element) {
        for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"]) {
          const text = node.getAttribute(name)
          if (text) found.push(text)
        }
      } else if (element.checkVisibility()) found.push(node.textContent ?? "")
    }
    return found
  })
  const plain = texts.map((text) => text.trim()).filter((text) => /[a-z]{2}/i.test(text) && !/[À-ſƀ-ɏɱẋṽ]/.test(text))
  return [...new Set(plain)].filter((text) => !OWN.test(text))
}

/** From now on each page begins in this language. */
async function speak(language: string): Promise<void> {
  await me.context.addInitScript((tag) => localStorage.setItem("nexus.language", tag), language)
}

const SECTIONS = [
  "",
  "password",
  "two-step",
  "sessions",
  "keys",
  "connected",
  "activity",
  "privacy",
  "appearance",
  "shortcuts",
  "usage",
]

/** Nothing is being fetched any more, and no skeleton stands for what is to come. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle")
  await page.locator(".nx-skeleton").first().waitFor({ state: "detached" })
}

/** Looks at what is open, and puts together what is wrong with it. */
function lookAround(): { readonly found: Record<string, string[]>; look(where: string, part?: string): Promise<void> } {
  const found: Record<string, string[]> = {}
  return {
    found,
    async look(where, part) {
      const plain = [...(await unsaid(me.page)), ...(await violations(me.page, where, part))]
      if (plain.length > 0) found[where] = plain
    },
  }
}

describe("every text is asked for, and nothing stands in the way of anybody", () => {
  test("signing in and on the canvas, in each drawer", async () => {
    const { page } = me
    const { found, look } = lookAround()
    await page.emulateMedia({ reducedMotion: "reduce" })
    await speak("en-XA")
    await page.goto(nexus.url)
    await page.locator("input[type=password]").waitFor()
    await look("sign in")
    await page.locator("input[type=email]").fill("nobody@example.org")
    await page.locator("input[type=password]").fill("not the password")
    await page.keyboard.press("Enter")
    await page.getByRole("alert").waitFor()
    await look("a refusal of the kernel")
    expect(me.problems.splice(0)).toEqual([expect.stringContaining("401")])
    await page.goto(nexus.signIn)
    await page.locator(".react-flow__node").first().waitFor()
    await look("canvas")
    await picture(page, "words-accented")
    for (const key of ["a", "q", "Shift+C", "r", "l", "p", "g", "h", "v"]) {
      await page.keyboard.press(key)
      await page.locator("aside").waitFor()
      await settled(page)
      await look(`the drawer of ${key}`, "aside")
      await page.keyboard.press("Escape")
      await page.locator("aside").waitFor({ state: "detached" })
    }
    expect(found).toEqual({})
  })

  test("in each dialog", async () => {
    const { page } = me
    const { found, look } = lookAround()
    for (const key of ["?", "Control+k", "n", "Shift+N"]) {
      await page.keyboard.press(key)
      await page.getByRole("dialog").waitFor()
      await settled(page)
      await look(`the dialog of ${key}`, "[role=dialog]")
      if (key === "Shift+N") {
        await page.locator(".cm-line", { hasText: "<View" }).click()
        await page.keyboard.press("End")
        await page.keyboard.insertText('<Metrc label="x"/>{$state.nothing}<Text content="{$state.nothing +}"/>')
        await page.locator(".cm-lintRange-error").first().waitFor()
        await page.getByRole("dialog").getByRole("listitem").nth(2).waitFor()
        await look("findings of the checker", "[role=dialog]")
        await page.keyboard.press("Control+z")
      }
      await page.keyboard.press("Escape")
      await page.getByRole("dialog").waitFor({ state: "detached" })
    }
    expect(found).toEqual({})
  })

  test("in the settings and at home", async () => {
    const { page } = me
    const { found, look } = lookAround()
    for (const section of SECTIONS) {
      await page.goto(`${nexus.url}/#/account/${section}`)
      await page.getByRole("main").waitFor()
      await settled(page)
      await look(`account, ${section || "profile"}`)
    }
    await page.goto(`${nexus.url}/#/workspaces`)
    await page.getByRole("searchbox").waitFor()
    await settled(page)
    await look("home")
    expect(found).toEqual({})
  })
})

test("a page runs from right to left and nothing sticks out of it", async () => {
  const { page } = me
  await speak("ar-XB")
  await page.goto(`${nexus.url}/#/`)
  await page.reload()
  await page.locator(".react-flow__node").first().waitFor()
  expect(await page.evaluate(() => document.documentElement.dir)).toBe("rtl")
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await picture(page, "words-from-the-right")
  expect(me.problems).toEqual([])
})
