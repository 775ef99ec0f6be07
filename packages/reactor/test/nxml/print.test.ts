import { expect, test } from "vitest"
import { formatPanel, parsePanel } from "../../src/index.ts"
import type { XmlDocument, XmlNode } from "../../src/nxml/document.ts"
import { parseDocument } from "../../src/nxml/grammar.ts"
import { print } from "../../src/nxml/print.ts"
import { Problems } from "../../src/nxml/problems.ts"
import { createRandom, damaged, randomPanel } from "./corpus.ts"

const parse = (source: string): XmlDocument => parseDocument(source, new Problems(source))

/** What a tree means: names, attributes, texts; places and spaces left out. */
function meaning(nodes: readonly XmlNode[], source: string): unknown[] {
  return nodes.flatMap((node): unknown[] => {
    if (node.kind === "element")
      return [
        {
          name: node.name,
          attributes: node.attributes.map(({ name, value }) => [name, value]),
          children: meaning(node.children, source),
        },
      ]
    const raw = source.slice(node.offset, node.end)
    return raw.trim() === "" ? [] : [{ [node.kind]: raw.split(/\s+/).join(" ").trim() }]
  })
}

test("`print` then `parse` of NXML is the identity", () => {
  for (let seed = 1; seed <= 400; seed++) {
    const random = createRandom(seed)
    let source = randomPanel(random)
    for (let step = 0; step < 3; step++) {
      const tree = parse(source)
      expect(print(tree), `seed ${seed}, step ${step}`).toBe(source)
      expect(parse(print(tree)), `seed ${seed}, step ${step}`).toEqual(tree)
      source = damaged(source, random)
    }
  }
})

test("formatting twice is formatting once, and changes no meaning", () => {
  for (let seed = 1; seed <= 400; seed++) {
    const source = randomPanel(createRandom(seed))
    const formatted = formatPanel(source)
    expect(formatPanel(formatted), `seed ${seed}`).toBe(formatted)
    expect(meaning(parse(formatted).nodes, formatted), `seed ${seed}`).toEqual(meaning(parse(source).nodes, source))
  }
})

test("formatting keeps what the panel says: handlers, texts and bindings", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const source = randomPanel(createRandom(seed))
    const before = parsePanel(source).panel
    const after = parsePanel(formatPanel(source)).panel
    const said = (panel: typeof before) =>
      JSON.stringify(panel, (key, value) => (key === "range" || key === "line" || key === "source" ? undefined : value))
    expect(said(after), `seed ${seed}`).toBe(said(before))
    const code = (panel: typeof before) =>
      panel?.handlers.map((handler) => handler.source.split(/\n\s*/).join("\n").trim())
    expect(code(after), `seed ${seed}`).toEqual(code(before))
  }
})

test("a source with a syntax mistake is not laid out", () => {
  const source = '<NexusPanel title="T"><View><Text content="x></View></NexusPanel>'
  expect(formatPanel(source)).toBe(source)
})

test("a template literal of a handler keeps its lines where they are", () => {
  const source =
    '<NexusPanel title="T"><Logic><Handler name="a">\nconst t = `\n  two\n`\n$log.info(t)</Handler></Logic><View/></NexusPanel>'
  expect(formatPanel(source)).toContain("const t = `\n  two\n`\n$log.info(t)")
})

test("a handler's line that begins like a tag stays where it is", () => {
  const source = '<NexusPanel title="T"><Logic><Handler name="a">\n<View</Handler></Logic><View/></NexusPanel>'
  expect(formatPanel(source)).toContain('<Handler name="a">\n<View</Handler>')
})
