import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import type { AxeResults } from "axe-core"
import type { Page } from "playwright-core"

/*
 * What axe-core finds on a page in each of its four looks. All rules are asked once, in light; in the other looks only
 * those that a colour can break. With more contrast the appearance settings promise 7 to 1, so there the stricter rule
 * is asked. The look is changed by the attributes that the settings themselves write: the page is laid out once, and
 * nothing on it is visited twice. Emulating the media instead took half the time of the whole file; it is left for the
 * one page that has no settings. Colours that fade are led to their end, and no frame is waited for: painting each look
 * took longer than looking at it.
 */

const COLOURS = ["color-contrast", "link-in-text-block"]
const MORE_COLOURS = ["color-contrast-enhanced", "link-in-text-block"]
interface Look {
  readonly theme: "light" | "dark"
  readonly contrast: "usual" | "more"
  readonly rules: readonly string[] | undefined
}
const LOOKS: readonly Look[] = [
  { theme: "light", contrast: "usual", rules: undefined },
  { theme: "dark", contrast: "usual", rules: COLOURS },
  { theme: "light", contrast: "more", rules: MORE_COLOURS },
  { theme: "dark", contrast: "more", rules: MORE_COLOURS },
]

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

interface Looked {
  /** What opened just now, where the page behind it was looked at before; it may stand outside of all landmarks. */
  readonly part?: string | undefined
  /** The page follows the device alone. */
  readonly byDevice?: true | undefined
}

interface Looking extends Pick<Looked, "part"> {
  readonly looks: readonly Look[]
}

/** Every violation as one line. */
export async function violations(page: Page, where: string, { part, byDevice }: Looked = {}): Promise<string[]> {
  if (!(await page.evaluate("Boolean(globalThis.axe)"))) await page.evaluate(`(() => { ${axe} })()`)
  const found: string[] = []
  for (const looks of byDevice ? LOOKS.map((look) => [look]) : [LOOKS]) {
    const [first] = looks
    if (byDevice && first) {
      const contrast = first.contrast === "more" ? "more" : "no-preference"
      await page.emulateMedia({ colorScheme: first.theme, contrast })
    }
    found.push(...(await page.evaluate(lookWithAxe, { looks, part })))
  }
  if (byDevice) await page.emulateMedia({ colorScheme: null, contrast: null })
  return found.map((line) => `${where}, ${line}`)
}

/** Within the page. */
async function lookWithAxe({ looks, part }: Looking): Promise<string[]> {
  const { dataset } = document.documentElement
  const before = { ...dataset }
  const { axe } = globalThis as unknown as { axe: { run(on: object, how: object): Promise<AxeResults> } }
  const lines: string[] = []
  for (const { theme, contrast, rules } of looks) {
    Object.assign(dataset, { theme, contrast })
    // Whoever listens for the look has heard of it.
    await new Promise((done) => setTimeout(done))
    for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish()
    const { violations } = await axe.run(part ? { include: [[part]] } : document, {
      resultTypes: ["violations"],
      // The one rule that reads style sheets asks about the page.
      preload: part === undefined && rules === undefined,
      ...(rules ? { runOnly: rules } : {}),
      ...(part && !rules ? { rules: { region: { enabled: false } } } : {}),
    })
    for (const { id, nodes } of violations) {
      const at = nodes.map(({ target, any }) => [...target, ...any.map(({ message }) => message)].join(" "))
      lines.push(`${theme}, ${contrast} contrast: ${id} at ${at.join(", ")}`)
    }
  }
  if (!before.theme) delete dataset.theme
  Object.assign(dataset, before)
  return lines
}
