import { toBlob, toSvg } from "html-to-image"
import { fontCss } from "./font-css.ts"
import type { Subject } from "./subject.ts"

export const FORMATS = ["png", "svg", "pdf"] as const
export type Format = (typeof FORMATS)[number]

/** Browsers draw no larger bitmap than this along one side. */
const MOST_SIDE = 16_000

/**
 * A picture of what is on the screen, with its fonts in it. The page is copied with every style that holds and drawn as
 * SVG, so the picture is what one sees; painting each component a second time for paper was refused, for the two would
 * not stay the same. What a textarea holds is set as markup by the library, which this page's policy forbids: a plain
 * element stands in for each of them meanwhile.
 */
export async function takePicture(subject: Subject, format: Format, scale: number): Promise<Blob> {
  const { element, width, height, style } = subject
  const background = getComputedStyle(document.body).backgroundColor
  const options = {
    width,
    height,
    backgroundColor: background,
    pixelRatio: Math.min(scale, MOST_SIDE / Math.max(width, height)),
    skipAutoScale: true,
    filter: isDrawn,
    fontEmbedCSS: await fontCss(element.textContent ?? ""),
    ...(style ? { style: { ...style, transformOrigin: "0 0", width: `${width}px`, height: `${height}px` } } : {}),
  }
  const restore = standInForTextareas(element)
  try {
    if (format === "svg") return new Blob([svgText(await toSvg(element, options))], { type: "image/svg+xml" })
    const bitmap = await toBlob(element, options)
    if (!bitmap) throw new Error("The browser gave no picture. Try a smaller size.")
    if (format === "png") return bitmap
    const { toPdf } = await import("./to-pdf.ts")
    return await toPdf(bitmap, subject)
  } finally {
    restore()
  }
}

/** Handles, menus and what is only there for the pointer are no part of a picture. */
function isDrawn(node: Node): boolean {
  if (!(node instanceof Element)) return true
  return !node.matches("textarea, .nx-sheet-actions, .react-flow__resize-control, .react-flow__nodesselection")
}

/** What stands behind `data:image/svg+xml;charset=utf-8,`. */
function svgText(url: string): string {
  return decodeURIComponent(url.slice(url.indexOf(",") + 1))
}

function standInForTextareas(element: HTMLElement): () => void {
  const undo = [...element.querySelectorAll("textarea")].map((field) => {
    const standIn = document.createElement("div")
    standIn.textContent = field.value || field.placeholder
    standIn.className = field.className
    const { width, height } = getComputedStyle(field)
    Object.assign(standIn.style, { width, height, whiteSpace: "pre-wrap", overflow: "hidden" })
    const { display } = field.style
    field.before(standIn)
    field.style.display = "none"
    return () => {
      standIn.remove()
      field.style.display = display
    }
  })
  return () => {
    for (const back of undo) back()
  }
}
