import type { XmlElement } from "../document.ts"

/** A handler's JavaScript and where it begins and ends in the source: without its CDATA marks. */
export function scriptText(element: XmlElement, source: string): { offset: number; text: string } {
  const [child] = element.children
  if (child === undefined) return { offset: element.openEnd, text: "" }
  let start = child.offset
  let end = child.end
  const raw = source.slice(start, end)
  const cdata = /^\s*<!\[CDATA\[/.exec(raw)
  if (cdata !== null) {
    start += cdata[0].length
    const close = raw.lastIndexOf("]]>")
    if (close >= cdata[0].length) end = child.offset + close
  }
  return { offset: start, text: source.slice(start, end) }
}
