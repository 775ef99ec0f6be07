import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** The styles of a panel that is a page of its own, as text and as what a policy calls them. */
export interface PageStyle {
  readonly text: string
  /** `'sha256-…'` */
  readonly source: string
}

/** The paper around the panel; its own look is the same as on the canvas, light or dark, and with more contrast, as the reader's system is. */
const PAGE = `body{margin:0;background:light-dark(oklch(0.985 0.002 260),oklch(0.17 0.008 260))}
.nx-page-name{position:absolute;overflow:hidden;width:1px;height:1px;clip-path:inset(50%);white-space:nowrap}
.nx-page{box-sizing:border-box;max-width:720px;margin:0 auto;padding:24px 16px}
@media (prefers-contrast:more){:root{--nx-bg:light-dark(oklch(1 0 0),oklch(0.1 0.004 265));--nx-surface:light-dark(oklch(1 0 0),oklch(0.13 0.005 265));
--nx-ink:light-dark(oklch(0.12 0.008 70),oklch(1 0 0));--nx-ink-soft:light-dark(oklch(0.28 0.012 75),oklch(0.92 0.008 265));--nx-line:light-dark(oklch(0.56 0.01 85),oklch(0.62 0.012 265));
--nx-accent:light-dark(oklch(0.36 0.15 262),oklch(0.87 0.085 257));--nx-on-accent:light-dark(oklch(1 0 0),oklch(0.12 0.02 260));
--nx-good:light-dark(oklch(0.36 0.085 152),oklch(0.88 0.12 155));--nx-careful:light-dark(oklch(0.37 0.075 65),oklch(0.89 0.1 85));
--nx-wrong:light-dark(oklch(0.38 0.145 27),oklch(0.87 0.08 22));--nx-info:light-dark(oklch(0.37 0.08 240),oklch(0.88 0.07 230))}}`

let made: PageStyle | undefined

/** Read once; the page carries it inside, so that it can be kept and opened as one file. */
export function pageStyle(): PageStyle {
  if (made) return made
  const text = `${readStyles(new URL(import.meta.resolve("@nexus/reactor/panel.css")))}${PAGE}`
  made = { text, source: `'sha256-${createHash("sha256").update(text).digest("base64")}'` }
  return made
}

/** A style sheet with what it imports in place, without comments. */
function readStyles(url: URL): string {
  return readFileSync(fileURLToPath(url), "utf8")
    .replaceAll(/\/\*.*?\*\//gs, "")
    .replaceAll(/@import "([^"]+)";/g, (_, path: string) => readStyles(new URL(path, url)))
    .replaceAll(/\s*\n\s*/g, "\n")
}
