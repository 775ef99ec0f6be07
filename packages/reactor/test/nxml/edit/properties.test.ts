import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { parsePanel } from "../../../src/index.ts"
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
} from "../../../src/language/index.ts"
import { createRandom, damaged, type Random, randomPanel } from "../corpus.ts"

const ROUNDS = 500

const gallery = new URL("../../../../../gallery/", import.meta.url)
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

test("an edit brings no error, stays inside the source, and its inverse gives the source back", () => {
  const done: Record<string, number> = {}
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const random = createRandom(seed)
    const source = someSource(random)
    const document = new PanelDocument(source)
    const { what, edited } = someEdit(document, random)
    if (typeof edited === "string") {
      expect(edited.length, `seed ${seed}`).toBeGreaterThan(10)
      continue
    }
    done[what] = (done[what] ?? 0) + 1
    expect(isInOrder(source, edited), `seed ${seed}: ${what}`).toBe(true)
    const after = applyEdits(source, edited)
    expect(added(errorsOf(source), errorsOf(after)), `seed ${seed}: ${what}`).toEqual([])
    expect(applyEdits(after, invertEdits(source, edited)), `seed ${seed}: ${what}`).toBe(source)
  }
  for (const what of ["add", "remove", "move", "wrap", "unwrap", "set", "declare", "rename"])
    expect(done[what], what).toBeGreaterThan(10)
})

test("what was wrapped and unwrapped, set and set back, renamed and renamed back is the source again", () => {
  let rounds = 0
  for (let seed = 1; seed <= 200; seed++) {
    const random = createRandom(seed)
    const source = someSource(random, false)
    const target = { node: someNode(source, random) }
    const there = (edits: Edited, back: (document: PanelDocument) => Edited, what: string) => {
      if (typeof edits === "string") return
      const after = applyEdits(source, edits)
      const undone = back(new PanelDocument(after))
      if (typeof undone === "string") throw new Error(`seed ${seed}: ${what}: ${undone}`)
      expect(applyEdits(after, undone), `seed ${seed}: ${what}`).toBe(source)
      rounds++
    }
    const document = new PanelDocument(source)
    there(wrapElement(document, target, { name: "Container" }), (now) => unwrapElement(now, target), "wrap")
    there(setAttribute(document, target, "id", "here"), (now) => setAttribute(now, target, "id", undefined), "set")
    there(
      addElement(document, { name: "Divider" }, { before: target }),
      (now) => removeElement(now, target),
      "add before",
    )
    const symbol = document.symbols.all[random.next(document.symbols.all.length)]
    if (symbol === undefined) continue
    there(
      renameName(document, symbol, "another_name"),
      (now) => {
        const renamed = now.symbols.all[document.symbols.all.indexOf(symbol)]
        return renamed === undefined ? "gone" : renameName(now, renamed, symbol.name)
      },
      "rename",
    )
  }
  expect(rounds).toBeGreaterThan(300)
})
