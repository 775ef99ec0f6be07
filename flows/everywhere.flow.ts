import { afterAll, beforeAll, expect, test } from "vitest"
import { violations } from "./axe.ts"
import { picture } from "./browser.ts"
import { AROUND_THE_DESK } from "./walk/around-the-desk.ts"
import { BEFORE_THE_DESK } from "./walk/before-the-desk.ts"
import { ELSEWHERE } from "./walk/elsewhere.ts"
import { type Hand, openWalk } from "./walk/hand.ts"
import { IN_VERSIONS } from "./walk/in-versions.ts"
import { ON_A_PHONE } from "./walk/on-a-phone.ts"
import { MAKING, ON_THE_DESK } from "./walk/on-the-desk.ts"
import { unsaid } from "./walk/unsaid.ts"
import { WHILE_THINGS_HAPPEN } from "./walk/while-things-happen.ts"

/*
 * Every place of the studio, each opened once and asked two things. Is every text asked for? The studio speaks its
 * pseudo-locale: what is plain English was not, or is somebody's own. And does anything stand in anybody's way? axe-core
 * looks at it in light, in dark, and in both with high contrast. A new page, drawer or dialog joins its list in `walk/`.
 *
 * One after the other, in one window: a page behind another one does not paint. Two walks, one for words and one for
 * axe, opened most places twice.
 */

let hand: Hand

beforeAll(async () => {
  hand = await openWalk()
})
afterAll(() => hand?.close())

test.each([
  ["before anybody is known", BEFORE_THE_DESK],
  ["on the desk", ON_THE_DESK],
  ["while something is made", MAKING],
  ["while things happen", WHILE_THINGS_HAPPEN],
  ["in versions", IN_VERSIONS],
  ["around the desk", AROUND_THE_DESK],
  ["on other sites", ELSEWHERE],
  ["on a phone", ON_A_PHONE],
])("every text is asked for and nothing stands in the way: %s", async (_, places) => {
  const found: Record<string, string[]> = {}
  for (const { where, go, part, english, byDevice } of places) {
    try {
      await go(hand)
    } catch (error) {
      throw new Error(`${where} was not reached; before it there was ${JSON.stringify(found)}`, { cause: error })
    }
    const words = english ? [] : await unsaid(hand.page)
    const wrong = [...words, ...(await violations(hand.page, where, { part, byDevice }))]
    if (wrong.length > 0) found[where] = wrong
  }
  expect(found).toEqual({})
})

test("a page runs from right to left and nothing sticks out of it", async () => {
  const { page } = hand
  await hand.speak("ar-XB")
  await page.setViewportSize({ width: 1440, height: 900 })
  await hand.go(`#/w/${await hand.workspace("My workspace")}`)
  await page.reload()
  await page.locator(".react-flow__node").first().waitFor()
  expect(await page.evaluate(() => document.documentElement.dir)).toBe("rtl")
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await picture(page, "words-from-the-right")
})

test("what a page was refused is all that its console says", () => {
  expect(hand.me.problems.filter((problem) => !/status of 4\d\d/.test(problem))).toEqual([])
})
