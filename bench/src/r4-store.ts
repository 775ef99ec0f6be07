import { apply, Graph, type Json, type Operation, recordState, type StateEffect } from "@nexus/protocol"
import { create } from "mutative"
import { proxy, subscribe, unstable_enableOp } from "valtio/vanilla"
import type { Contender, Goal } from "./measure.ts"

/**
 * Writing to a state and having the write as a value that can be sent: ours by the recorder of handler writes, valtio 2 with
 * its operations told (at once for one set, once a batch for a hundred), mutative 2 with patches. A run is many writes,
 * because one takes less than the clock can tell. On fields and rows with computed names most of the time is V8's own way
 * through a proxy, which valtio goes too. `recorded and applied` also takes every operation through `apply` into a graph,
 * with its inverse: the whole way of a handler's write.
 */
const WRITES = 1000
const BATCH = 100
const COLOURS = Array.from({ length: BATCH }, (_, index) => `colour${index}`)

interface Row {
  id: number
  title: string
  cell: { value: number; unit: string }
}

interface Sheet {
  settings: { theme: { colours: { [name: string]: number }; dark: boolean }; title: string }
  rows: Row[]
}

function makeSheet(): Sheet {
  const rows = Array.from({ length: 1000 }, (_, id) => makeRow(id))
  const colours = Object.fromEntries(["accent", ...COLOURS].map((name) => [name, 0]))
  return { settings: { theme: { colours, dark: false }, title: "Sheet" }, rows }
}

function makeRow(id: number): Row {
  return { id, title: `Row ${id}`, cell: { value: 0, unit: "kg" } }
}

let turn = 0

function setNested(sheet: Sheet): void {
  for (let index = 0; index < WRITES; index++) sheet.settings.theme.colours.accent = ++turn
}

function setBatch(sheet: Sheet): void {
  for (let index = 0; index < BATCH; index++) sheet.settings.theme.colours.accent = ++turn
}

function setFields(sheet: Sheet): void {
  for (const name of COLOURS) sheet.settings.theme.colours[name] = ++turn
}

function setRows(sheet: Sheet): void {
  for (let index = 0; index < BATCH; index++) {
    const row = sheet.rows[index * 7]
    if (row) row.cell.value = ++turn
  }
}

function insertRow({ rows }: Sheet): void {
  rows.splice(500, 0, makeRow(1000 + ++turn))
}

function removeRow({ rows }: Sheet): void {
  rows.splice(500, 1)
}

/** Ours: every write is an effect when it happens; a batch hands the effects on as one list. */
function recorded(work: (sheet: Sheet) => void, take?: (effects: readonly StateEffect[]) => void): () => Contender {
  return () => {
    let effects: StateEffect[] = []
    let told = 0
    const sheet = recordState(makeSheet(), (effect) => effects.push(effect))
    const run = () => {
      work(sheet)
      told += effects.length
      take?.(effects)
      effects = []
    }
    return { run, close: () => assertTold(told), warmups: 300 }
  }
}

function applied(): (effects: readonly StateEffect[]) => void {
  const graph = new Graph()
  const state = { ...makeSheet() } as unknown as { readonly [name: string]: Json }
  const properties = { source: "", frame: { x: 0, y: 0, w: 400, h: 300 }, title: "p", state, grants: [] }
  graph.putEntity({ id: "p", kind: "panel", name: "p", scope: "", properties })
  return (effects) => {
    const result = apply(
      graph,
      effects.map((effect) => ({ ...effect, panel: "p" }) as Operation),
    )
    if (!result.ok) throw new Error(result.failure.code)
  }
}

function valtio(work: (sheet: Sheet) => void, atOnce: boolean): () => Contender {
  return () => {
    unstable_enableOp(true)
    let told = 0
    const sheet = proxy(makeSheet())
    const tell = (operations: readonly unknown[]) => {
      told += operations.length
    }
    subscribe(sheet, tell, atOnce)
    const run = atOnce
      ? () => work(sheet)
      : async () => {
          work(sheet)
          await Promise.resolve()
        }
    return { run, close: () => assertTold(told), warmups: 300 }
  }
}

function mutative(works: readonly ((sheet: Sheet) => void)[]): () => Contender {
  return () => {
    let told = 0
    let sheet = makeSheet()
    const run = () => {
      for (const work of works) {
        const [next, patches] = create(sheet, work, { enablePatches: true })
        sheet = next
        told += patches.length
      }
    }
    return { run, close: () => assertTold(told), warmups: 300 }
  }
}

function assertTold(operations: number): void {
  if (operations < 1000) throw new Error(`only ${operations} operations were told`)
}

const SPLICES = 20
const inAndOut = Array.from({ length: SPLICES / 2 }, () => [insertRow, removeRow]).flat()

function splice(sheet: Sheet): void {
  for (const work of inAndOut) work(sheet)
}

export const goal: Goal = {
  id: "R4",
  what: "store: a write and its operation",
  contenders: {
    "1,000 nested sets": recorded(setNested),
    "valtio, 1,000 nested sets": valtio(setNested, true),
    "batch of 100 nested sets": recorded(setBatch),
    "valtio, batch of 100 nested sets": valtio(setBatch, false),
    "batch over 100 fields": recorded(setFields),
    "valtio, batch over 100 fields": valtio(setFields, false),
    "batch over 100 of 1,000 rows": recorded(setRows),
    "valtio, batch over 100 rows": valtio(setRows, false),
    "20 splices on 1,000 rows": recorded(splice),
    "20 splices, recorded and applied": recorded(splice, applied()),
    "mutative, 20 splices": mutative(inAndOut),
  },
  claims: [
    { ours: "1,000 nested sets", peer: "valtio, 1,000 nested sets", timesFaster: 2.5 },
    { ours: "batch of 100 nested sets", peer: "valtio, batch of 100 nested sets", timesFaster: 3 },
    { ours: "batch over 100 fields", peer: "valtio, batch over 100 fields", timesFaster: 1.5 },
    { ours: "batch over 100 of 1,000 rows", peer: "valtio, batch over 100 rows", timesFaster: 1.5 },
    { ours: "20 splices on 1,000 rows", peer: "mutative, 20 splices", timesFaster: 20 },
    { ours: "20 splices, recorded and applied", peer: "mutative, 20 splices", timesFaster: 1 },
  ],
}
