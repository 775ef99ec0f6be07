import { parsePanel } from "@nexus/reactor"
import { say, sayAgain } from "../../words/say.ts"
import { fromEnvelope, looksLikeEnvelope } from "./envelope.ts"
import { sheetOf } from "./sheet-of.ts"
import type { Things } from "./things.ts"

/** What a pasted or dropped text turns out to be: things for the canvas, a sentence why not, or nothing of ours. */
export type ReadText =
  | { readonly things: Things; readonly from: "canvas" | "nxml" | "link" }
  | { readonly refused: string }
  | undefined

/** Copied panels, the source of a panel, or a web address; everything else is somebody else's text. */
export function readText(text: string): ReadText {
  if (looksLikeEnvelope(text)) {
    const things = fromEnvelope(text)
    return things
      ? { things, from: "canvas" }
      : { refused: say("These panels cannot be read: the text was changed, or comes from a newer Nexus.") }
  }
  if (/^\s*(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*)*<NexusPanel[\s>]/.test(text)) return readSource(text)
  const link = readLink(text)
  return link && { things: linkThings(link), from: "link" }
}

/**
 * The source of one panel, as it stands in an `.nxml` file. What it names is looked at by the kernel, which knows the
 * workspace's packages; here it must only be whole.
 */
export function readSource(source: string): NonNullable<ReadText> {
  const { panel, diagnostics } = parsePanel(source)
  const broken = diagnostics.find(({ code }) => code.startsWith("xml-") || code.startsWith("too-"))
  if (panel && !broken) return { things: sheetOf(panel.title, source), from: "nxml" }
  if (!broken) return { refused: say("This is not a panel.") }
  return { refused: say("Line {line}: {message}", { line: broken.range.line, message: sayAgain(broken.message) }) }
}

/** One http or https address and nothing else. */
function readLink(text: string): URL | undefined {
  const line = text.trim()
  if (!/^https?:\/\/\S{1,2000}$/.test(line)) return undefined
  return URL.canParse(line) ? new URL(line) : undefined
}

/** A small panel with the link; nothing is fetched from there. */
function linkThings(url: URL): Things {
  const host = attribute(url.host)
  const path = attribute(decodedPath(url))
  const source = `<NexusPanel title="${host}">
  <View>
    <Link label="${path}" href="${attribute(url.href)}"/>
  </View>
</NexusPanel>
`
  return sheetOf(url.host, source, { w: 320, h: 120 })
}

function decodedPath(url: URL): string {
  const path = `${url.host}${url.pathname === "/" ? "" : url.pathname}`
  return path.length > 80 ? `${path.slice(0, 79)}…` : path
}

/** Text inside an attribute; braces would be expressions. */
function attribute(text: string): string {
  const signs: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "{": "%7B",
    "}": "%7D",
  }
  return text.replaceAll(/[&<>"{}]/g, (sign) => signs[sign] ?? "")
}
