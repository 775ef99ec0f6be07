import { readdirSync, readFileSync } from "node:fs"
import { parsePanel } from "../src/index.ts"
import {
  addDeclaration,
  addElement,
  applyEdits,
  type Edited,
  type EditPlace,
  invertEdits,
  moveElement,
  PanelDocument,
  removeElement,
  renameName,
  setAttribute,
  type TextEdit,
  unwrapElement,
  wrapElement,
} from "../src/language/index.ts"
import { createRandom, damaged, type Random, randomPanel } from "../test/nxml/corpus.ts"
import type { Fuzz } from "./fuzz.ts"

/**
 * Edits by structure at random, on panels that people use, generated and damaged ones, with either newline: each is
 * refused with a sentence, or brings no error, lies in order inside of the source, and its inverse gives the source back.
 * What was wrapped, set or renamed and then unwrapped, unset and renamed back is the source again.
 */
export const fuzz: Fuzz = {
  round(seed) {
    tryEdit(seed)
    tryAndBack(seed)
  },
}

/** What was tried with this seed; undefined when it was refused. */
export function tryEdit(seed: number): string | undefined {
  const random = createRandom(seed)
  const source = someSource(random)
  const document = new PanelDocument(source)
  const { what, edited } = someEdit(document, random)
  if (typeof edited === "string") return expecting(edited.length > 10, `${what} is refused with "${edited}"`)
  expecting(isInOrder(source, edited), `the edits of ${what} overlap or lie outside`)
  const after = applyEdits(source, edited)
  const [error] = added(errorsOf(source), errorsOf(after))
  expecting(error === undefined, `${what} brings ${error}`)
  expecting(applyEdits(after, invertEdits(source, edited)) === source, `the inverse of ${what} is not the source`)
  return what
}

/** How many edits of this seed could be made; each was taken back by its opposite. */
export function tryAndBack(seed: number): number {
  const random = createRandom(seed)
  const source = someSource(random, false)
  const target = { node: someNode(source, random) }
  const document = new PanelDocument(source)
  const { all } = document.symbols
  const symbol = all.length === 0 ? undefined : random.pick(all)
  const tried = [
    isUndone(source, wrapElement(document, target, { name: "Container" }), (now) => unwrapElement(now, target)),
    isUndone(source, setAttribute(document, target, "id", "here"), (now) => setAttribute(now, target, "id", undefined)),
    isUndone(source, addElement(document, { name: "Divider" }, { before: target }), (now) =>
      removeElement(now, target),
    ),
    symbol !== undefined &&
      isUndone(source, renameName(document, symbol, "another_name"), (now) => {
        const renamed = now.symbols.all[all.indexOf(symbol)]
        return renamed === undefined ? "gone" : renameName(now, renamed, symbol.name)
      }),
  ]
  return tried.filter(Boolean).length
}

/** Makes the edits and their opposite; false when they were refused. */
function isUndone(source: string, edits: Edited, back: (document: PanelDocument) => Edited): boolean {
  if (typeof edits === "string") return false
  const after = applyEdits(source, edits)
  const undone = back(new PanelDocument(after))
  if (typeof undone === "string") throw new Error(`what was done cannot be undone: ${undone}`)
  expecting(applyEdits(after, undone) === source, "what was done and undone is not the source")
  return true
}

function expecting(holds: boolean, otherwise: string): undefined {
  if (!holds) throw new Error(otherwise)
  return undefined
}

const gallery = new URL("../../../gallery/", import.meta.url)
const kept = readdirSync(gallery, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "components")
  .map(({ name }) => readFileSync(new URL(`${name}/panel.nxml`, gallery), "utf8"))

function someSource(random: Random, mayBreak = true): string {
  const whole = random.next(3) === 0 ? randomPanel(random) : random.pick(kept)
  const source = mayBreak && random.next(6) === 0 ? damaged(whole, random) : whole
  return random.next(4) === 0 ? source.replaceAll(/\r?\n/g, "\r\n") : source
}

/** A node of the View, most of the time one that is there. */
function someNode(source: string, random: Random): string {
  const ids: string[] = []
  const pending = [...(parsePanel(source).panel?.view ?? [])]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    ids.push(node.id)
    pending.push(...node.children)
  }
  return ids.length === 0 || random.next(20) === 0 ? "7.7" : random.pick(ids)
}

function somePlace(source: string, random: Random): EditPlace {
  const target = { node: someNode(source, random) }
  return random.pick([
    { before: target },
    { after: target },
    { into: target },
    { into: target, at: "start" as const },
    { into: { offset: source.indexOf("<View") + 2 } },
  ])
}

const NEW = [
  { name: "Text", attributes: { content: `{'a' + "b" && $state.x < 3}` } },
  { name: "Container", attributes: { title: 'Say "x" & <y> &amp;' }, children: [{ name: "Divider" }] },
  { name: "Markdown", text: "# Title\n\n- a < b &lt;\n" },
  { name: "Button", attributes: { label: "Go" } },
]

const DECLARED = [
  { name: "State", attributes: { name: "fresh", type: "list", default: '[{"a":"b"}]' } },
  { name: "Computed", attributes: { name: "twice", value: "{1 < 2 ? 'a' : \"b\"}" } },
  { name: "Import", attributes: { panel: "other", name: "stock", as: "theirs" } },
  { name: "Capability", attributes: { type: "http", scope: "https://example.org/*", reason: "Looks" } },
  { name: "Handler", attributes: { name: "fresh" }, text: "const a = 1\nif (a < 2) $log.info('</Handler>')" },
  { name: "Handler", attributes: { name: "plain" }, text: "$log.info('x')" },
  { name: "Lifecycle", attributes: { on: "schedule", every: "1h", run: "add" } },
]

function someEdit(document: PanelDocument, random: Random): { readonly what: string; readonly edited: Edited } {
  const { source } = document
  const target = { node: someNode(source, random) }
  switch (random.next(8)) {
    case 0:
      return { what: "add", edited: addElement(document, random.pick(NEW), somePlace(source, random)) }
    case 1:
      return { what: "remove", edited: removeElement(document, target) }
    case 2:
      return { what: "move", edited: moveElement(document, target, somePlace(source, random)) }
    case 3:
      return {
        what: "wrap",
        edited: wrapElement(document, target, { name: "Container", attributes: { title: "Box" } }),
      }
    case 4:
      return { what: "unwrap", edited: unwrapElement(document, target) }
    case 5: {
      const value = random.pick(["x", `it's "so"`, "{1 < 2}", "&lt; & &amp;", ""])
      return {
        what: "set",
        edited: setAttribute(
          document,
          target,
          random.pick(["id", "label", "title", "content"]),
          value === "" ? undefined : value,
        ),
      }
    }
    case 6:
      return { what: "declare", edited: addDeclaration(document, random.pick(DECLARED)) }
    default: {
      const { all } = document.symbols
      if (all.length === 0) return { what: "rename", edited: "nothing to rename" }
      return {
        what: "rename",
        edited: renameName(document, random.pick(all), random.pick(["fresh_name", "items", "x y"])),
      }
    }
  }
}

function errorsOf(source: string): string[] {
  return parsePanel(source)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ code, message }) => `${code}: ${message}`)
}

/** What of `after` was not among `before`, counted. */
function added(before: readonly string[], after: readonly string[]): string[] {
  const left = [...before]
  return after.filter((error) => {
    const at = left.indexOf(error)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function isInOrder(source: string, edits: readonly TextEdit[]): boolean {
  return edits.every(
    ({ offset, length }, index) =>
      offset >= (index === 0 ? 0 : (edits[index - 1]?.offset ?? 0) + (edits[index - 1]?.length ?? 0)) &&
      offset + length <= source.length,
  )
}
