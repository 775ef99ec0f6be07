import type { ViewNode } from "@nexus/protocol"
import { compileBinding } from "../expression/compile-text.ts"
import { createRowPlaces, type Places, type Slot } from "./places.ts"
import { createComputed, type Readable } from "./signal.ts"
import { readWithStale, type StaleValue, sameStale } from "./stale.ts"
import { rowKey } from "./target.ts"

/**
 * What stands inside one container, now: If, Else, Each and Slot unrolled into a flat list of components, each with the names
 * at its spot. A row keeps its names and its key while its item stays in the list, so that a change of one item wakes
 * the components of that row and no other. Control elements as components of their own were refused: a layout must see
 * all its boxes.
 */
export type Cell =
  | {
      readonly kind: "component"
      readonly key: string
      readonly node: ViewNode
      readonly places: Places
      /** The Slot through which it came in from outside, if it did. */
      readonly slot?: Slot
    }
  | {
      readonly kind: "error"
      readonly key: string
      readonly node: ViewNode
      readonly places: Places
      readonly message: string
    }
  /** Stands before what an If or Each shows of values that are kept until asked for. */
  | { readonly kind: "stale"; readonly key: string; readonly node: ViewNode; readonly stale: readonly StaleValue[] }

type Cells = Readable<readonly Cell[]>

/** The cells of `nodes`; the same cell is the same object while nothing about it changed. */
export function createCells(nodes: readonly ViewNode[], places: Places, prefix = ""): Cells {
  const parts = nodes.map((node) => cellsOf(node, places, prefix))
  return createComputed(() => parts.flatMap((part) => part()), sameItems)
}

function cellsOf(node: ViewNode, places: Places, prefix: string): Cells {
  if (node.element === "If") return ifCells(node, places, prefix)
  if (node.element === "Each") return eachCells(node, places, prefix)
  if (node.element === "Slot") return slotCells(node, places, prefix)
  const cell: Cell = { kind: "component", key: prefix + node.id, node, places }
  return () => [cell]
}

function ifCells(node: ViewNode, places: Places, prefix: string): Cells {
  const test = compileBinding(node.attributes.test?.text ?? "")
  const isElse = (child: ViewNode) => child.element === "Else"
  const yes = createCells(
    node.children.filter((child) => !isElse(child)),
    places,
    prefix,
  )
  const no = createCells(
    node.children.filter(isElse).flatMap((child) => child.children),
    places,
    prefix,
  )
  const holds = createComputed(
    attempt(() => truthy(test(places.scope))),
    sameAttempt,
  )
  return () => {
    const settled = holds()
    if ("message" in settled) return [{ kind: "error", key: prefix + node.id, node, places, message: settled.message }]
    return withMark(node, prefix, settled.stale, settled.value ? yes() : no())
  }
}

/** What was given from outside; where nothing was, the Slot's own children. */
function slotCells(node: ViewNode, places: Places, prefix: string): Cells {
  const { slot } = places
  if (!slot || slot.nodes.length === 0) return createCells(node.children, places, `${prefix}${node.id}/`)
  const given = createCells(slot.nodes, slot.places, `${prefix}${node.id}/`)
  return createComputed(
    () => given().map((cell) => (cell.kind === "component" && !cell.slot ? { ...cell, slot } : cell)),
    sameCells,
  )
}

interface RowPlace {
  readonly item: unknown
  readonly position: number
}

function eachCells(node: ViewNode, places: Places, prefix: string): Cells {
  const text = node.attributes.items?.text ?? ""
  const items = compileBinding(text)
  const list = text.trim().replace(/^\{|\}$/g, "")
  const as = node.attributes.as?.text ?? "item"
  const index = node.attributes.index?.text
  const keyText = node.attributes.key?.text
  const keyOfRow = keyText === undefined ? rowKey : keyReader(keyText, as, index, places)
  const rows = createComputed(
    attempt(() => {
      const found = new Map<string, RowPlace>()
      const value = items(places.scope) ?? []
      if (!Array.isArray(value)) throw new Error("Each takes a list of items.")
      for (const [position, item] of value.entries()) {
        const wanted = keyOfRow(item, position)
        let name = wanted
        for (let copy = 2; found.has(name); copy += 1) name = `${wanted}~${copy}`
        found.set(name, { item, position })
      }
      return found
    }),
  )
  // Apart from the rows: an item that changes in its place is its row's own affair.
  const order = createComputed(
    () => {
      const settled = rows()
      return "value" in settled ? { value: [...settled.value.keys()], stale: settled.stale } : settled
    },
    (a, b) => "value" in a && "value" in b && sameStale(a.stale, b.stale) && sameItems(a.value, b.value),
  )
  const rowAt = (name: string): RowPlace | undefined => {
    const settled = rows()
    return "value" in settled ? settled.value.get(name) : undefined
  }
  const known = new Map<string, Cells>()
  const cellsOfRow = (name: string): Cells => {
    let cells = known.get(name)
    if (!cells) {
      // A row that has just left keeps its last values, for whoever reads it before it is off the screen.
      const item = createComputed<unknown>((previous) => (rowAt(name) ?? { item: previous }).item)
      const position = createComputed<number>((previous) => rowAt(name)?.position ?? previous ?? 0)
      const row = createRowPlaces(places, { list, as, index, item, position })
      cells = createCells(node.children, row, `${prefix}${node.id}/${name}/`)
      known.set(name, cells)
    }
    return cells
  }
  return createComputed(() => {
    const settled = order()
    if ("message" in settled) return [{ kind: "error", key: prefix + node.id, node, places, message: settled.message }]
    const here = new Set(settled.value)
    for (const name of known.keys()) if (!here.has(name)) known.delete(name)
    const shown = settled.value.flatMap((name) => cellsOfRow(name)())
    return withMark(node, prefix, settled.stale, shown)
  }, sameItems)
}

type KeyReader = (item: unknown, position: number) => string

/** How `key` reads of one row. A field of the item, which it almost always is, is read without making the row's names. */
function keyReader(text: string, as: string, index: string | undefined, places: Places): KeyReader {
  const key = compileBinding(text)
  const general: KeyReader = (item, position) =>
    String(key({ ...places.scope, [as]: item, ...(index === undefined ? {} : { [index]: position }) }))
  const [, root, field] = /^\{\s*([A-Za-z_]\w*)\.([A-Za-z_]\w*)\s*\}$/.exec(text.trim()) ?? []
  if (field === undefined || root !== as) return general
  return (item, position) => {
    const known = typeof item === "object" && item !== null && Object.hasOwn(item, field)
    return known ? String((item as { readonly [name: string]: unknown })[field]) : general(item, position)
  }
}

function withMark(node: ViewNode, prefix: string, stale: readonly StaleValue[], cells: readonly Cell[]) {
  if (stale.length === 0) return cells
  const mark: Cell = { kind: "stale", key: `${prefix}${node.id}~stale`, node, stale }
  return [mark, ...cells]
}

type Attempt<Value> = ({ readonly value: Value } | { readonly message: string }) & {
  readonly stale: readonly StaleValue[]
}

/** The value of `read`, or the sentence of what it threw. */
function attempt<Value>(read: () => Value): () => Attempt<Value> {
  return () => {
    const { value: outcome, stale } = readWithStale(() => {
      try {
        return { value: read() }
      } catch (error) {
        return { message: error instanceof Error ? error.message : String(error) }
      }
    })
    return { ...outcome, stale }
  }
}

function sameAttempt(a: Attempt<boolean>, b: Attempt<boolean>): boolean {
  if (!sameStale(a.stale, b.stale)) return false
  return "value" in a && "value" in b
    ? a.value === b.value
    : "message" in a && "message" in b && a.message === b.message
}

function truthy(value: unknown): boolean {
  return value !== "false" && Boolean(value)
}

/** The same components at the same places, whichever objects say so. */
function sameCells(a: readonly Cell[], b: readonly Cell[]): boolean {
  return (
    a.length === b.length &&
    a.every((cell, at) => {
      const other = b[at]
      if (cell.kind !== "component" || other?.kind !== "component") return cell === other
      return cell.key === other.key && cell.node === other.node && cell.places === other.places
    })
  )
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at])
}
