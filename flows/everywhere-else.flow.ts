import { expect, test } from "vitest"
import { picture } from "./browser.ts"
import { AROUND_THE_DESK } from "./walk/around-the-desk.ts"
import { ELSEWHERE } from "./walk/elsewhere.ts"
import { IN_VERSIONS } from "./walk/in-versions.ts"
import { ON_A_PHONE } from "./walk/on-a-phone.ts"
import { walk } from "./walk/walk.ts"
import { WHILE_THINGS_HAPPEN } from "./walk/while-things-happen.ts"

walk(
  [
    ["while things happen", WHILE_THINGS_HAPPEN],
    ["in versions", IN_VERSIONS],
    ["around the desk", AROUND_THE_DESK],
    ["on other sites", ELSEWHERE],
    ["on a phone", ON_A_PHONE],
  ],
  (hand) => {
    test("a page runs from right to left and nothing sticks out of it", async () => {
      const { page, speak, go, workspace } = hand()
      await speak("ar-XB")
      await page.setViewportSize({ width: 1440, height: 900 })
      await go(`#/w/${await workspace("My workspace")}`)
      await page.reload()
      await page.locator(".react-flow__node").first().waitFor()
      expect(await page.evaluate(() => document.documentElement.dir)).toBe("rtl")
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
      await picture(page, "words-from-the-right")
    })
  },
)
