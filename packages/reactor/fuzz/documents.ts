import { readdirSync, readFileSync } from "node:fs"
import type { Diagnostic, Range, ViewNode } from "@nexus/protocol"
import { formatPanel, type ParsedPanel, parsePanel } from "../src/index.ts"
import type { XmlDocument, XmlNode } from "../src/nxml/document.ts"
import { ERROR_PAGES } from "../src/nxml/error-pages.ts"
import { parseDocument } from "../src/nxml/grammar.ts"
import { print } from "../src/nxml/print.ts"
import { Problems } from "../src/nxml/problems.ts"
import { readCases } from "../test/nxml/cases.ts"
import { createRandom, damaged, type Random, randomPanel } from "../test/nxml/corpus.ts"
import type { Fuzz } from "./fuzz.ts"

/**
 * Documents at random: panels that people use, the cases of the rules and generated ones, with letters, tokens and whole
 * elements taken out, put in, doubled and swapped. Whatever comes of it is read without throwing and without a wait,
 * every place told lies in the text, printing what was read gives the text back, and laying it out keeps what it says.
 */
export const fuzz: Fuzz = {
  round(seed) {
    const random = createRandom(seed)
    const source = mutated(random)
    const wrong = findingIn(source)
    if (wrong === undefined) return
    const smallest = reduced(source, (text) => findingIn(text) !== undefined)
    const finding = findingIn(smallest) ?? wrong
    throw new Error(`${finding}\nin ${JSON.stringify(smallest)}`)
  },
}

const MOST_MS = 100
const gallery = new URL("../../../gallery/", import.meta.url)

/** Panels of a screen or more, and small ones; most rounds take a small one. */
const LARGE = galleryPanels()
const SMALL = [
  ...readCases().map(({ source }) => source),
  ...Object.values(ERROR_PAGES).flatMap(({ bad, good }) => [bad, good]),
].filter((source) => source.length < 800)

function galleryPanels(): string[] {
  return readdirSync(gallery, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("panel.nxml"))
    .sort()
    .map((file) => readFileSync(new URL(file, gallery), "utf8"))
}

function mutated(random: Random): string {
  const kind = random.next(40)
  let source = kind === 0 ? random.pick(LARGE) : kind < 14 ? randomPanel(random) : random.pick(SMALL)
  for (let step = random.next(5); step > 0 && source !== ""; step--) {
    const level = random.next(3)
    source =
      level === 0
        ? damaged(source, random)
        : level === 1
          ? tokensChanged(source, random)
          : elementsChanged(source, random)
  }
  return source
}

/** A piece between two places where a token begins, taken out, doubled, moved, or put where another stands. */
function tokensChanged(source: string, random: Random): string {
  const places = [...source.matchAll(/<|>|\/|"|'|=|\{|\}|\s\w|&/g)].map(({ index }) => index)
  if (places.length < 4) return source
  const first = random.next(places.length - 1)
  const start = places[first] ?? 0
  const end = places[first + 1 + random.next(2)] ?? source.length
  const piece = source.slice(start, end)
  const other = random.pick(places)
  switch (random.next(4)) {
    case 0:
      return source.slice(0, start) + source.slice(end)
    case 1:
      return source.slice(0, other) + piece + source.slice(other)
    case 2:
      return source.slice(0, start) + piece + piece + source.slice(end)
    default:
      return source.slice(0, start) + random.pick(SNIPPETS) + source.slice(end)
  }
}

const SNIPPETS = [
  '<Text content="x"/>',
  "<Layout>",
  "</Layout>",
  "</Text>",
  "<Handler name='h'>",
  "</Handler>",
  "<!-- c",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?x",
  "<!DOCTYPE a [",
  ' onClick="a(); $state.x = 1"',
  ' bind="$state.x"',
  ' value="{$state.x',
  "{(a, b) => [a]}",
  "&#0;",
  "&#x1F600;",
  "\r\n",
  "\u2028",
  "\ud83d",
  "<View>",
  "</View>",
  "<Data>",
  '<State name="__proto__" type="list" default="[[[["/>',
  '<Each items="{$state.x}" as="i">',
  "<If test='{1}'>",
  "<Else/>",
]

/** An element taken out, doubled, put elsewhere, or without one of its tags. */
function elementsChanged(source: string, random: Random): string {
  const { root } = parseDocument(source, new Problems(source))
  const all: { readonly offset: number; readonly openEnd: number; readonly end: number }[] = []
  for (let index = 0, pending = root === undefined ? [] : [root]; index < pending.length; index++) {
    const element = pending[index]
    if (element === undefined) continue
    all.push(element)
    for (const child of element.children) if (child.kind === "element") pending.push(child)
  }
  if (all.length === 0) return source
  const { offset, openEnd, end } = random.pick(all)
  const other = random.pick(all)
  const piece = source.slice(offset, end)
  switch (random.next(5)) {
    case 0:
      return source.slice(0, offset) + source.slice(end)
    case 1:
      return source.slice(0, end) + piece + source.slice(end)
    case 2:
      return source.slice(0, other.openEnd) + piece + source.slice(other.openEnd)
    case 3:
      return source.slice(0, offset) + source.slice(openEnd)
    default:
      return source.slice(0, openEnd) + source.slice(end)
  }
}

/** What is wrong with how a source is read, or nothing. */
function findingIn(source: string): string | undefined {
  try {
    return wrongIn(source)
  } catch (error) {
    return `throws ${error instanceof Error ? error.stack?.split("\n").slice(0, 4).join(" ") : String(error)}`
  }
}

function wrongIn(source: string): string | undefined {
  const start = cpuMs()
  const parsed = parsePanel(source)
  if (cpuMs() - start > MOST_MS && quickest(() => parsePanel(source)) > MOST_MS)
    return `parsing takes more than ${MOST_MS} ms`
  const document = parseDocument(source, new Problems(source))
  if (print(document) !== source) return "print does not give the source back"
  const misplaced = wrongPlace(source, parsed) ?? wrongNodes(source, document.nodes, 0, source.length)
  if (misplaced !== undefined) return misplaced
  return wrongFormat(source, document, parsed)
}

/** What this process has worked: a busy machine makes nothing look slow. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function quickest(work: () => unknown): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const start = cpuMs()
      work()
      return cpuMs() - start
    }),
  )
}

function wrongPlace(source: string, { panel, diagnostics }: ParsedPanel): string | undefined {
  let last = 0
  for (const diagnostic of diagnostics) {
    const { code, range, fix } = diagnostic
    if (range.offset < last) return `${code} stands before the one told earlier`
    last = range.offset
    const wrong = wrongRange(source, range) ?? wrongFix(source, fix)
    if (wrong !== undefined) return `${code}: ${wrong}`
  }
  const pending: ViewNode[] = [...(panel?.view ?? [])]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const wrong = [node.range, ...Object.values(node.attributes).map(({ range }) => range)]
      .map((range) => wrongRange(source, range))
      .find((found) => found !== undefined)
    if (wrong !== undefined) return `<${node.element}>: ${wrong}`
    pending.push(...node.children)
  }
  return undefined
}

function wrongRange(source: string, { line, column, offset, length }: Range): string | undefined {
  if (offset < 0 || length < 0 || offset + length > source.length) return `${offset}+${length} lies outside of the text`
  let lines = 1
  let start = 0
  for (let at = source.indexOf("\n"); at >= 0 && at < offset; at = source.indexOf("\n", at + 1)) {
    lines++
    start = at + 1
  }
  return lines === line && column === offset - start + 1 ? undefined : `${offset} is not ${line}:${column}`
}

function wrongFix(source: string, fix: Diagnostic["fix"]): string | undefined {
  if (fix === undefined) return undefined
  const inside = fix.offset >= 0 && fix.length >= 0 && fix.offset + fix.length <= source.length
  return inside ? undefined : "its fix lies outside of the text"
}

function wrongNodes(source: string, nodes: readonly XmlNode[], from: number, to: number): string | undefined {
  let last = from
  for (const node of nodes) {
    if (node.offset < last || node.end < node.offset || node.end > to)
      return `a node lies at ${node.offset}–${node.end}`
    last = node.end
    const wrong = node.kind === "element" ? wrongNodes(source, node.children, node.openEnd, node.end) : undefined
    if (wrong !== undefined) return wrong
  }
  return undefined
}

function wrongFormat(source: string, document: XmlDocument, parsed: ParsedPanel): string | undefined {
  const formatted = formatPanel(source)
  if (formatted === source) return undefined
  if (formatPanel(formatted) !== formatted) return "formatting twice is not formatting once"
  const after = parseDocument(formatted, new Problems(formatted))
  if (JSON.stringify(said(after)) !== JSON.stringify(said(document))) return "formatting changes what is said"
  const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code).join()
  if (codes(parsePanel(formatted).diagnostics) !== codes(parsed.diagnostics)) return "formatting changes what is wrong"
  return undefined
}

/** What a tree says: names, attributes, texts and comments; places and spaces left out. */
function said(document: XmlDocument): unknown[] {
  const of = (nodes: readonly XmlNode[]): unknown[] =>
    nodes.map((node): unknown => {
      if (node.kind !== "element")
        return [node.kind, document.source.slice(node.offset, node.end).split(/\s+/).join(" ").trim()]
      return [node.name, node.attributes.map(({ name, value }) => [name, value]), of(node.children)]
    })
  return of(document.nodes)
}

/** A source as small as cutting pieces out of it makes it while it still goes wrong. */
function reduced(source: string, goesWrong: (text: string) => boolean): string {
  let smallest = source
  for (let size = smallest.length >> 1; size > 0; size >>= 1)
    for (let at = 0; at + size <= smallest.length; ) {
      const without = smallest.slice(0, at) + smallest.slice(at + size)
      if (goesWrong(without)) smallest = without
      else at += size
    }
  return smallest
}
