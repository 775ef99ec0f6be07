import assert from "node:assert/strict"
import { parsePanel } from "@nexus/reactor"
import { type AskPart, mergeSource } from "../src/versions/source-merge.ts"
import { randomFrom } from "./random-versions.ts"

/**
 * The laws of a merge of sources, on random panels and random edits: edits of different parts are all made, without a
 * question; a source merged with its past or with itself is itself, byte for byte; who merges whom changes only the sides;
 * whichever side answers, the result is a panel without a mistake.
 */
type Below = ReturnType<typeof randomFrom>
type Owner = "a" | "b"

interface Sketch {
  title: string
  version: string
  states: { name: string; owner: Owner; value: number; text: string; note: string }[]
  handlers: { name: string; owner: Owner; lines: string[] }[]
  view: { label: string; owner: Owner; value: number; tone: string }[]
}

export const fuzz = {
  round(seed: number): void {
    const below = randomFrom(seed * 104_729)
    const sketch = randomSketch(below)
    const base = print(sketch)
    const [editsA, editsB] = [edits(below, ["a"]), edits(below, ["b"])]
    const [a, b] = [print(edited(sketch, editsA)), print(edited(sketch, editsB))]
    const both = print(edited(edited(sketch, editsA), editsB))
    assert.deepEqual(meaning(merged(base, a, b, refuse)), meaning(both))
    assert.equal(merged(base, b, a, refuse), merged(base, a, b, refuse))

    const [one, other] = [0, 1].map(() => print(edited(sketch, edits(below, ["a", "b"]))))
    if (one === undefined || other === undefined) return
    assert.equal(merged(base, one, base, refuse), one)
    assert.equal(merged(base, base, one, refuse), one)
    assert.equal(merged(base, one, one, refuse), one)
    const asked: string[][] = [[], []]
    const mine = merged(base, one, other, (part, was, ours, theirs) => {
      asked[0]?.push(JSON.stringify([part, was, ours, theirs]))
      return ours
    })
    const yours = merged(base, other, one, (part, was, ours, theirs) => {
      asked[1]?.push(JSON.stringify([part, was, theirs, ours]))
      return theirs
    })
    assert.deepEqual(asked[1]?.sort(), asked[0]?.sort())
    assert.equal(yours, mine)
    meaning(mine)
    meaning(merged(base, one, other, (_part, _was, _ours, theirs) => theirs))
  },
}

/** How many questions a round's edits made, so that a run can tell that it met some. */
export function asksOf(seed: number): number {
  const below = randomFrom(seed * 104_729)
  const sketch = randomSketch(below)
  const [one, other] = [0, 1].map(() => print(edited(sketch, edits(below, ["a", "b"]))))
  let asks = 0
  merged(print(sketch), one ?? "", other ?? "", (_part, _was, ours) => {
    asks += 1
    return ours
  })
  return asks
}

const refuse: AskPart = (part) => assert.fail(`asked about ${part}`)

function merged(base: string, ours: string, theirs: string, ask: AskPart): string {
  const source = mergeSource({ base, ours, theirs }, undefined, ask)
  if (source === undefined) throw new Error("the sketch has a mistake of syntax")
  return source
}

/** What a source means, whatever stands first: who adds behind the same place as somebody else stands before or behind. */
function meaning(source: string): unknown {
  const { panel, diagnostics } = parsePanel(source)
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
    [],
    source,
  )
  if (!panel) throw new Error("no panel")
  return {
    head: [panel.title, panel.version],
    states: panel.states.map(({ name, initial, description }) => `${name} ${initial} ${description}`).sort(),
    handlers: panel.handlers.map(({ name, source: body }) => `${name} ${body}`).sort(),
    view: panel.view
      .map(({ attributes }) => JSON.stringify(Object.entries(attributes).map(([name, { text }]) => [name, text])))
      .sort(),
  }
}

function randomSketch(below: Below): Sketch {
  const owner = (): Owner => (below(2) ? "a" : "b")
  const count = () => 1 + below(5)
  return {
    title: "Sketch",
    version: "1.0.0",
    states: Array.from({ length: count() }, (_, index) => {
      return { name: `s${index}`, owner: owner(), value: below(9), text: "", note: below(2) ? `about s${index}` : "" }
    }),
    handlers: Array.from({ length: count() }, (_, index) => {
      return {
        name: `h${index}`,
        owner: owner(),
        lines: Array.from({ length: 1 + below(3) }, () => `$log(${below(9)})`),
      }
    }),
    view: Array.from({ length: count() }, (_, index) => {
      return { label: `Metric ${index}`, owner: owner(), value: below(9), tone: "" }
    }),
  }
}

type Owned = { owner: Owner } & ({ name: string } | { label: string })
type Edit = (sketch: Sketch) => void

function edits(below: Below, owners: readonly Owner[]): readonly Edit[] {
  return Array.from({ length: 1 + below(5) }, () => randomEdit(below, owners[below(owners.length)] ?? "a"))
}

function edited(sketch: Sketch, list: readonly Edit[]): Sketch {
  const copy = structuredClone(sketch)
  for (const edit of list) edit(copy)
  return copy
}

/** One edit of what belongs to `owner`; new things have names of their own. */
function randomEdit(below: Below, owner: Owner): Edit {
  const [kind, at, number] = [below(10), below(100), below(1000)]
  const name = `${owner}${number}`
  // Chosen by what it is called: where it stands depends on what others added.
  const called = (item: { name: string } | { label: string }) => ("name" in item ? item.name : item.label)
  const mine = <Item extends Owned>(items: Item[], work: (item: Item) => void) => {
    const own = items.filter((item) => item.owner === owner).sort((a, b) => (called(a) < called(b) ? -1 : 1))
    const item = own[at % Math.max(1, own.length)]
    if (item) work(item)
  }
  const remove = <Item extends Owned>(items: Item[]) => mine(items, (item) => items.splice(items.indexOf(item), 1))
  const add = <Item>(items: Item[], item: Item) => items.splice(at % (items.length + 1), 0, item)
  const every: readonly Edit[] = [
    ({ states }) => mine(states, (state) => Object.assign(state, { value: number })),
    ({ states }) => mine(states, (state) => Object.assign(state, { text: `says ${number}` })),
    ({ states }) => remove(states),
    ({ states }) =>
      void (states.some((one) => one.name === name) || add(states, { name, owner, value: 1, text: "", note: "" })),
    ({ handlers }) =>
      mine(handlers, ({ lines }) => lines.splice(at % lines.length, 1, `$log(${number})`, `$log(${at})`)),
    ({ handlers }) => remove(handlers),
    ({ handlers }) =>
      void (handlers.some((one) => one.name === name) || add(handlers, { name, owner, lines: ["$log(0)"] })),
    ({ view }) => mine(view, (metric) => Object.assign(metric, { value: number })),
    ({ view }) =>
      void (view.some(({ label }) => label === name) || add(view, { label: name, owner, value: 0, tone: "" })),
    // The two facts of the outermost element belong to one side each.
    (sketch) => Object.assign(sketch, owner === "a" ? { title: `Sketch ${number}` } : { version: `1.0.${number}` }),
  ]
  return every[kind] ?? (() => {})
}

function print({ title, version, states, handlers, view }: Sketch): string {
  const stated = states.map(({ name, value, text, note }) => {
    const described = text ? ` description="${text}"` : ""
    return `${note ? `    <!-- ${note} -->\n` : ""}    <State name="${name}" type="number"  default='${value}'${described} />\n`
  })
  const handled = handlers.map(({ name, lines }) => {
    return `    <Handler name="${name}">\n${lines.map((line) => `      ${line}\n`).join("")}    </Handler>\n`
  })
  const shown = view.map(({ label, value }) => `    <Metric label="${label}" value="${value}"/>\n`)
  return `<NexusPanel title="${title}" version="${version}">
  <Data>\n${stated.join("")}  </Data>
  <Logic>\n${handled.join("")}  </Logic>
  <View>\n${shown.join("")}  </View>
</NexusPanel>\n`
}
