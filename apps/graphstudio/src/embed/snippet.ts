import { type Look, withLook } from "./address.ts"

/** In CSS pixels; without a width it is as wide as its place in the page. */
export interface Size {
  readonly width: number | undefined
  readonly height: number
}

export interface SnippetParts {
  /** As the kernel gave it. */
  readonly url: string
  /** What a screen reader calls the frame. */
  readonly title: string
  readonly size: Size
  readonly look: Look
}

/** The HTML that shows an embed: one element without a script, so that nothing of ours runs in the page around it. */
export function snippet({ url, title, size, look }: SnippetParts): string {
  const attributes = {
    src: withLook(url, look),
    title,
    width: String(size.width ?? "100%"),
    height: String(size.height),
    loading: "lazy",
    referrerpolicy: "no-referrer",
    style: "border:0;border-radius:12px",
  }
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escaped(value)}"`)
  return `<iframe ${written.join(" ")}></iframe>`
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\n", " ")
}
