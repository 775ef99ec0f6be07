import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import type { AxeResults } from "axe-core"
import type { Page } from "playwright-core"

/*
 * What axe-core finds on a page in each of its four looks. All rules are asked once, in light; in the other looks only
 * those that a colour can break, of what opened just now (`part`) where the page behind it was looked at before. With more contrast the appearance settings promise 7 to 1, so there the stricter rule
 * is asked. The look is changed by the attributes that the settings themselves write: the page is laid out once, and
 * nothing on it is visited twice. Emulating the media instead took half the time of the whole file.
 */

const COLOURS = ["color-contrast", "link-in-text-block"]
const MORE_COLOURS = ["color-contrast-enhanced", "link-in-text-block"]
const LOOKS = [
  { theme: "light", contrast: "usual", rules: undefined },
  { theme: "dark", contrast: "usual", rules: COLOURS },
  { theme: "light", contrast: "more", rules: MORE_COLOURS },
  { theme: "dark", contrast: "more", rules: MORE_COLOURS },
] as const

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

/** Every violation as one line. Motion is off: half a fade is nobody's contrast. */
export async function violations(page: Page, where: string, part = "body"): Promise<string[]> {
  await page.evaluate(`globalThis.axe ?? (() => { ${axe} })()`)
  const found = await page.evaluate(
    async ({ looks, part: opened }) => {
      const { dataset } = document.documentElement
      const before = { ...dataset }
      const { axe } = globalThis as unknown as { axe: { run(on: object, how: object): Promise<AxeResults> } }
      const lines: string[] = []
      for (const { theme, contrast, rules } of looks) {
        Object.assign(dataset, { theme, contrast })
        // Without motion every colour is there two frames later.
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
        const only = rules ? { runOnly: rules } : {}
        const { violations } = await axe.run(rules ? { include: [[opened]] } : document, {
          resultTypes: ["violations"],
          ...only,
        })
        for (const { id, nodes } of violations) {
          const at = nodes.map(({ target, any }) => [...target, ...any.map(({ message }) => message)].join(" "))
          lines.push(`${theme}, ${contrast} contrast: ${id} at ${at.join(", ")}`)
        }
      }
      if (!before.theme) delete dataset.theme
      Object.assign(dataset, before)
      return lines
    },
    { looks: LOOKS, part },
  )
  return found.map((line) => `${where}, ${line}`)
}
