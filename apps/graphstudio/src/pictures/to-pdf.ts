import { PDFDocument, type PDFFont, StandardFonts } from "@cantoo/pdf-lib"
import type { Subject } from "./subject.ts"

/** CSS pixels are 1/96 of an inch, points 1/72. */
const POINT = 72 / 96

/** One page of the picture's own size, and over it its text, unseen: it can be searched, selected and read aloud. */
export async function toPdf(bitmap: Blob, { element, width, height }: Subject): Promise<Blob> {
  const pdf = await PDFDocument.create()
  pdf.setCreator("Nexus")
  const image = await pdf.embedPng(await bitmap.arrayBuffer())
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  const page = pdf.addPage([width * POINT, height * POINT])
  page.drawImage(image, { x: 0, y: 0, width: width * POINT, height: height * POINT })
  for (const { text, x, y, size } of textsOf(element, width)) {
    const told = inFont(text, font)
    if (told) page.drawText(told, { x: x * POINT, y: (height - y) * POINT, size: size * POINT, font, opacity: 0 })
  }
  const bytes = await pdf.save()
  return new Blob([new Uint8Array(bytes)], { type: "application/pdf" })
}

interface Placed {
  readonly text: string
  readonly x: number
  /** Of the line its letters stand on, from the top. */
  readonly y: number
  readonly size: number
}

/** Every text of the element where it stands, in the element's own pixels. */
function textsOf(element: HTMLElement, width: number): readonly Placed[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const outer = element.getBoundingClientRect()
  const zoom = outer.width > 0 && element.offsetWidth === width ? outer.width / width : zoomOf(element)
  const range = document.createRange()
  const placed: Placed[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.replaceAll(/\s+/g, " ").trim()
    if (!text) continue
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    if (box.width === 0) continue
    const size = box.height / zoom
    placed.push({
      text,
      x: (box.left - outer.left) / zoom,
      y: (box.bottom - outer.top) / zoom - size * 0.2,
      size: size * 0.75,
    })
  }
  return placed
}

function zoomOf(element: HTMLElement): number {
  return new DOMMatrix(getComputedStyle(element).transform).a || 1
}

/** The letters that the standard font has; it is only there to be found by. */
function inFont(text: string, font: PDFFont): string {
  return [...text]
    .filter((letter) => {
      try {
        font.encodeText(letter)
        return true
      } catch {
        return false
      }
    })
    .join("")
}
