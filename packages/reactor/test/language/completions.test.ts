import { expect, test } from "vitest"
import { open, panel } from "./cursor.ts"

function labels(marked: string): string[] {
  const { document, offset } = open(marked)
  return document.completions(offset).map(({ label }) => label)
}

/** The source once the completion is taken, its stops shown as ‹ ›. */
function taken(marked: string, label: string): string {
  const { document, source, offset } = open(marked)
  const chosen = document.completions(offset).find((completion) => completion.label === label)
  if (chosen === undefined) throw new Error(`"${label}" is not offered`)
  let text = chosen.insert
  for (const stop of [...(chosen.stops ?? [])].reverse())
    text = `${text.slice(0, stop.offset)}‹${text.slice(stop.offset, stop.offset + stop.length)}›${text.slice(stop.offset + stop.length)}`
  return source.slice(0, chosen.from) + text + source.slice(chosen.to)
}

test("in View components and control elements are offered, and nothing of Data or Logic", () => {
  const offered = labels(panel({ view: "<‸" }))
  expect(offered).toEqual(expect.arrayContaining(["Text", "Each", "If", "Button"]))
  expect(offered).not.toContain("State")
  expect(offered).not.toContain("Handler")
})

test("in Data its declarations are offered, and no component", () => {
  expect(labels(panel({ data: "<‸" }))).toEqual(["State", "Computed", "Import"])
})

test("in a Tool only Arg is offered", () => {
  expect(labels(panel({ logic: '<Tool name="x" handler="add"><‸</Tool>' }))).toEqual(["Arg"])
})

test("Else is offered in an If", () => {
  expect(labels(panel({ view: '<If test="{true}"><‸</If>' }))).toContain("Else")
})

test("an element comes with what it needs, and its parts are stops", () => {
  expect(taken(panel({ view: "<Met‸" }), "Metric")).toContain('<Metric label="‹›" value="‹{$state.}›"/>')
  expect(taken(panel({ view: "<Ea‸" }), "Each")).toContain(
    '<Each items="{‹$state.items›}" as="‹item›" key="{‹item.id›}">\n  ‹›\n</Each>',
  )
})

test("the name of a tag that is there already is replaced alone", () => {
  expect(taken(panel({ view: '<Te‸ content="x"/>' }), "Text")).toContain('<Text content="x"/>')
})

test("a closing tag closes the innermost open element", () => {
  expect(labels(panel({ view: '<Container title="x"></‸' }))).toEqual(["Container"])
})

test("attributes that are written already are not offered again", () => {
  const offered = labels(panel({ view: '<Button label="Go" ‸/>' }))
  expect(offered).toEqual(expect.arrayContaining(["variant", "disabled", "onClick", "id"]))
  expect(offered).not.toContain("label")
})

test("an attribute is written with its quotes, an expression with its braces", () => {
  expect(taken(panel({ view: "<Table r‸/>" }), "rows")).toContain('<Table rows="{‹›}"/>')
  expect(taken(panel({ view: "<Text con‸/>" }), "content")).toContain('<Text content="‹›"/>')
})

test("an enum offers its values, a capability its types", () => {
  expect(labels(panel({ view: '<Button label="x" variant="‸"/>' }))).toEqual(["normal", "primary", "danger", "quiet"])
  expect(labels(panel({ logic: '<Capability type="‸"/>' }))).toEqual(
    expect.arrayContaining(["http", "kv", "files:read"]),
  )
})

test("a capability's scope is offered from the addresses that handlers name", () => {
  const logic =
    '<Handler name="get">nexus.http.fetch("https://api.example.org/x")</Handler><Capability type="http" scope="‸"/>'
  expect(labels(panel({ logic }))).toEqual(["https://api.example.org/*"])
})

test("in an expression states, computed values, loop variables and functions are offered", () => {
  const offered = labels(
    panel({ view: '<Each items="{$state.items}" as="item" key="{item.id}"><Text content="{‸}"/></Each>' }),
  )
  expect(offered).toEqual(expect.arrayContaining(["$state.items", "$computed.open", "item", "format", "Math"]))
})

test("a loop variable is not in reach of the list it comes from", () => {
  expect(labels(panel({ view: '<Each items="{‸}" as="item" key="{item.id}"/>' }))).not.toContain("item")
})

test("behind $state. only the states are offered, with their types", () => {
  const { document, offset } = open(panel({ view: '<Text content="{$state.‸}"/>' }))
  expect(document.completions(offset).map(({ label, detail }) => [label, detail])).toEqual([
    ["items", "list"],
    ["draft", "string"],
    ["count", "number"],
  ])
})

test("behind a list its methods are offered, behind a text those of text", () => {
  expect(labels(panel({ view: '<Text content="{$state.items.‸}"/>' }))).toContain("filter")
  expect(labels(panel({ view: '<Text content="{$state.items.‸}"/>' }))).not.toContain("toUpperCase")
  expect(labels(panel({ view: '<Text content="{$state.draft.‸}"/>' }))).toContain("toUpperCase")
})

test("outside of a hole nothing is offered in text", () => {
  expect(labels(panel({ view: '<Text content="so $‸"/>' }))).toEqual([])
})

test("bind offers the places that can be written", () => {
  const offered = labels(panel({ view: '<Input label="x" bind="‸"/>' }))
  expect(offered).toContain("$state.draft")
  expect(offered).not.toContain("$computed.open")
})

test("an event offers handlers to call, and behind the parenthesis values to give them", () => {
  expect(taken(panel({ view: '<Button label="x" onClick="a‸"/>' }), "add")).toContain('onClick="add(‹›)"')
  const inside = labels(panel({ view: '<Button label="x" onClick="add({ title: ‸ })"/>' }))
  expect(inside).toEqual(expect.arrayContaining(["$state.draft", "$event"]))
})

test("run and handler offer the handlers", () => {
  expect(labels(panel({ logic: '<Lifecycle on="mount" run="‸"/>' }))).toEqual(["add"])
})

test("a handler offers its own names, and behind a dot their members", () => {
  const handler = (text: string) => panel({ logic: `<Handler name="x">\n${text}\n</Handler>` })
  expect(labels(handler("const a = ‸"))).toEqual(expect.arrayContaining(["$state", "$args", "$id", "nexus", "a"]))
  expect(labels(handler("$state.‸"))).toEqual(["items", "draft", "count"])
  expect(labels(handler("$args.‸"))).toEqual(["title"])
  expect(labels(handler("nexus.‸"))).toEqual(expect.arrayContaining(["http", "kv", "sleep"]))
  expect(labels(handler("await nexus.http.‸"))).toEqual(["fetch"])
  expect(labels(handler("$view.‸"))).toEqual(["toast", "focus", "scrollTo", "open"])
})

test("nothing is offered in a handler's strings and comments, but in the holes of its templates", () => {
  const handler = (text: string) => panel({ logic: `<Handler name="x">\n${text}\n</Handler>` })
  expect(labels(handler('const a = "$state.‸"'))).toEqual([])
  expect(labels(handler("// $state.‸"))).toEqual([])
  expect(labels(handler("const a = `so $" + "{$state.‸}`"))).toEqual(["items", "draft", "count"])
})

test("a document that ends in the middle of a tag completes all the same", () => {
  expect(labels('<NexusPanel title="x"><View><Button ‸')).toContain("label")
  expect(labels('<NexusPanel title="x"><View><Button variant="‸')).toContain("primary")
  expect(labels("<‸")).toEqual(["NexusPanel"])
})

test("other panels are offered where one is named, and the names of the one that is imported", () => {
  const panels = [
    { title: "Kitchen", names: ["stock"] },
    { title: "Garden", names: [] },
  ]
  const offered = (marked: string) => {
    const { document, offset } = open(marked, { panels })
    return document.completions(offset).map(({ label }) => label)
  }
  expect(offered(panel({ data: '<Import panel="‸" name="x"/>' }))).toEqual(["Kitchen", "Garden"])
  expect(offered(panel({ data: '<Import panel="Kitchen" name="‸"/>' }))).toEqual(["stock"])
  expect(offered(panel({ view: '<Embed panel="‸"/>' }))).toEqual(["Kitchen", "Garden"])
})

test("an offset at every place of a panel answers without failing", () => {
  const source = panel({ view: '<If test="{$state.count > 1}"><Text content="&lt;{$state.draft}"/><Else/></If>' })
  for (let offset = 0; offset <= source.length; offset++) {
    const { document } = open(`${source.slice(0, offset)}‸${source.slice(offset)}`)
    for (const { from, to } of document.completions(offset)) {
      expect(from).toBeLessThanOrEqual(to)
      expect(to).toBe(offset)
    }
  }
})
