import type { Json } from "@nexus/protocol"
import { fromTree, toTree } from "../src/versions/merge-tree.ts"
import type { CommittedWorkspace } from "../src/versions/workspace-files.ts"

/** Whole numbers below a limit, the same for the same seed. */
export function randomFrom(seed: number): (limit: number) => number {
  let random = seed >>> 0
  return (limit) => {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0
    return Math.floor((random / 2 ** 32) * limit)
  }
}

type Below = ReturnType<typeof randomFrom>
type Fields = { [name: string]: Value }
type Value = Json | Fields | Value[]

/** Which part of a world an edit may touch; edits of two different sides meet nowhere. */
export type Side = "a" | "b" | "any"

const SOURCE_LINES = 12

/** A small world in which every part belongs to side a or to side b. */
export function randomVersion(below: Below): CommittedWorkspace {
  const panel = (name: string) => ({
    source: Array.from({ length: SOURCE_LINES }, (_, line) => `${name} line ${line} ${below(3)}`).join("\n"),
    position: { x: below(100), y: 0 },
    size: { w: 100, h: 100 },
    properties: { z: below(3) },
    state: {
      a: below(9),
      b: below(9),
      a_list: items(below),
      b_list: items(below),
      words: ["a", "m", "b"],
      deep: { a: { n: 1 }, b: { n: 1 } },
    },
  })
  const entity = (name: string) => ({ kind: "concept", name, scope: "ws", properties: { a: below(9), b: below(9) } })
  const things = ["a1", "a2", "b1", "b2", "both"]
  return versionOf({
    workspace: { name: "World", properties: { a: 1, b: 1 } },
    panels: Object.fromEntries(things.map((name) => [`panel_${name}`, panel(name)])),
    entities: Object.fromEntries(things.map((name) => [`entity_${name}`, entity(name)])),
    relationships: {},
  })
}

function items(below: Below): Json[] {
  return Array.from({ length: 2 + below(3) }, (_, id) => ({ id, done: false, n: below(9) }))
}

/** Some edits of one side, as a function from a version to the edited one. */
export function randomEdits(
  below: Below,
  side: Side,
  count: number,
): (version: CommittedWorkspace) => CommittedWorkspace {
  const edits = Array.from({ length: count }, () => randomEdit(below, side === "any" ? (below(2) ? "a" : "b") : side))
  return (version) => {
    const tree = JSON.parse(JSON.stringify(toTree(version)))
    for (const edit of edits) edit(tree)
    return versionOf(tree)
  }
}

function randomEdit(below: Below, side: "a" | "b"): (tree: Fields) => void {
  const value = 100 + below(900)
  const owned = `${side}${1 + below(2)}`
  const panel = below(2) ? `panel_${owned}` : "panel_both"
  const entity = below(2) ? `entity_${owned}` : "entity_both"
  const at = below(9)
  const line = side === "a" ? below(4) : 8 + below(4)
  const inPanel = (tree: Fields, edit: (panel: Fields, state: Fields) => void) => {
    const found = fieldsOf(fieldsOf(tree.panels)[panel])
    if (found.state !== undefined) edit(found, fieldsOf(found.state))
  }
  switch (below(11)) {
    case 0:
      return (tree) => inPanel(tree, (_, state) => Object.assign(state, { [side]: value }))
    case 1:
      return (tree) => inPanel(tree, (_, state) => Object.assign(state, { [`${side}_new_${value}`]: [value] }))
    case 2:
      return (tree) => inPanel(tree, (_, state) => listOf(state[`${side}_list`]).splice(at % 2, 1))
    case 3:
      return (tree) =>
        inPanel(tree, (_, state) => listOf(state[`${side}_list`]).push({ id: `${side}${value}`, n: value }))
    case 4:
      return (tree) => inPanel(tree, (_, state) => Object.assign(fieldsOf(fieldsOf(state.deep)[side]), { n: value }))
    case 5:
      return (tree) =>
        inPanel(tree, (found) => {
          const lines = String(found.source).split("\n")
          found.source = lines.with(line, `changed by ${side} to ${value}`).join("\n")
        })
    case 6:
      return (tree) =>
        inPanel(tree, (found) =>
          Object.assign(found, side === "a" ? { position: { x: value, y: 5 } } : { size: { w: value, h: 90 } }),
        )
    case 7:
      return (tree) => Reflect.deleteProperty(fieldsOf(tree.panels), `panel_${owned}`)
    case 8:
      return (tree) => Reflect.deleteProperty(fieldsOf(tree.entities), `entity_${owned}`)
    case 9:
      return (tree) => {
        const found = fieldsOf(tree.entities)[entity]
        if (found !== undefined) fieldsOf(fieldsOf(found).properties)[side] = value
      }
    default:
      return (tree) => {
        fieldsOf(tree.entities)[`new_${side}${value}`] = { kind: "milestone", name: "new", scope: "ws", properties: {} }
        const edge = { from: `new_${side}${value}`, kind: "related_to", to: "panel_both", properties: {} }
        fieldsOf(tree.relationships)[`${edge.from} ${edge.kind} ${edge.to}`] = edge
      }
  }
}

function versionOf(tree: Value): CommittedWorkspace {
  return fromTree(tree as Json, { root: "ws", titleOf: (_panel, source) => source.split("\n")[0] ?? "" })
}

function fieldsOf(value: Value | undefined): Fields {
  return (value ?? {}) as Fields
}

function listOf(value: Value | undefined): Value[] {
  return Array.isArray(value) ? (value as Value[]) : []
}
