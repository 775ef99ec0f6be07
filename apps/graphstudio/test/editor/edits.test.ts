import { ChangeSet, EditorState } from "@codemirror/state"
import { expect, test } from "vitest"
import { template } from "../../src/editor/nxml-complete.ts"
import { editsOf } from "../../src/editor/nxml-service.ts"
import { withEdits } from "../../src/language/answerer.ts"

/** A small generator with a seed, so that a failure can be had again. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % below
  }
}

test("the worker's text stays the editor's text, whatever is typed, pasted and deleted at once", () => {
  for (let seed = 1; seed <= 50; seed++) {
    const next = random(seed)
    let state = EditorState.create({ doc: "<NexusPanel>\n  <View/>\n</NexusPanel>\n" })
    let source = state.doc.toString()
    for (let step = 0; step < 40; step++) {
      const places = [next(state.doc.length + 1), next(state.doc.length + 1)].sort((a, b) => a - b)
      const [from = 0, to = 0] = places
      const changes = [
        { from, to: next(2) === 0 ? from : Math.min(to, from + 4), insert: "ab\n".slice(next(3)) },
        { from: state.doc.length, insert: next(2) === 0 ? "" : "…" },
      ]
      const set = ChangeSet.of(changes, state.doc.length)
      source = withEdits(source, editsOf(set))
      state = state.update({ changes: set }).state
      expect(source, `seed ${seed}`).toBe(state.doc.toString())
    }
  }
})

test("a completion's stops become fields, and braces around them stay in the text", () => {
  const insert = 'Metric label="" value="{$state.x}"/>'
  const stops = [
    { offset: 14, length: 0 },
    { offset: 23, length: 10 },
  ]
  expect(template(insert, stops)).toBe('Metric label="#{1}" value="{#{2:$state.x}}"/>')
})
