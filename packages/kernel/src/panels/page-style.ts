import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** The styles of a panel that is a page of its own, as text and as what a policy calls them. */
export interface PageStyle {
  readonly text: string
  /** `'sha256-…'` */
  readonly source: string
}

/** The paper around the panel; its own look is the same as on the canvas, light or dark as the reader's system is. */
const PAGE = `body{margin:0;background:light-dark(oklch(0.985 0.002 260),oklch(0.17 0.008 260))}
.nx-page{box-sizing:border-box;max-width:720px;margin:0 auto;padding:24px 16px}`

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
