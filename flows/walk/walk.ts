import { afterAll, beforeAll, expect, test } from "vitest"
import { violations } from "../axe.ts"
import { type Hand, openWalk, type Place } from "./hand.ts"
import { unsaid } from "./unsaid.ts"

/*
 * Every place of the studio, each opened once and asked two things. Is every text asked for? The studio speaks its
 * pseudo-locale: what is plain English was not, or is somebody's own. And does anything stand in anybody's way? axe-core
 * looks at it in light, in dark, and in both with high contrast. A new page, drawer or dialog joins its list.
 *
 * One after the other, in one window: a page behind another one does not paint. Two walks, one for words and one for
 * axe, opened most places twice. The lists are shared out between two files, which are walked at once.
 */

/** Walks these lists with one hand; `more` tells what else is to be seen on the way. */
export function walk(
  lists: readonly (readonly [name: string, places: readonly Place[]])[],
  more: (hand: () => Hand) => void = () => {},
): void {
  let hand: Hand
  beforeAll(async () => {
    hand = await openWalk()
  })
  afterAll(() => hand?.close())

  test.each(lists)("every text is asked for and nothing stands in the way: %s", async (_, places) => {
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

  more(() => hand)

  test("what a page was refused is all that its console says", () => {
    expect(hand.me.problems.filter((problem) => !/status of 4\d\d/.test(problem))).toEqual([])
  })
}
