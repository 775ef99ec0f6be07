import {
  type Actor,
  apply,
  type Change,
  equalJson,
  type Graph,
  type Json,
  type Operation,
  type RunCause,
  readPath,
  type StatePath,
} from "@nexus/protocol"
import { pathText } from "../anchor.ts"
import type { EventRow, RecordReader } from "../store/event-store.ts"
import type { ChangeOf } from "./timeline.ts"
import { keyedPath, touches } from "./touch.ts"
import { twinAfter } from "./twin.ts"

/**
 * Why a value is what it is: from the last change that gave it, back through the handler run and what set that off, to
 * a person, an AI, Git or a schedule. The path is first fixed to stable keys at the moment asked about, because "item 3"
 * was another item before someone put one above it; then changes are walked backwards until one touched that very place.
 */
export interface WhyChain {
  readonly workspace: string
  readonly panel: string
  /** The path asked for, its list items named by key. */
  readonly path: StatePath
  readonly at: number
  /** The value then; absent when there was none. */
  readonly value?: Json
  /** From the value back to its origin; empty when nothing ever touched it. */
  readonly links: readonly WhyLink[]
}

/** One step back from a value: the change, the run it came from, what set the run off, and who stands at the origin. */
export type WhyLink =
  | (Sentence & {
      readonly kind: "change"
      readonly seq: number
      readonly at: number
      readonly operation: Operation
      readonly reason: string
    })
  | (Sentence & {
      readonly kind: "run"
      readonly id: string
      readonly panel: string
      readonly handler: string
      readonly turn: number
      readonly reads?: unknown
      readonly durationMs?: number
    })
  | (Sentence & { readonly kind: "trigger"; readonly trigger: RunCause["trigger"]; readonly at: number })
  | (Sentence & { readonly kind: Origin; readonly actor: Actor; readonly approver?: Actor })

type Origin = "person" | "ai" | "git" | "schedule" | "package"

interface Sentence {
  /** One sentence for a person. */
  readonly sentence: string
}

const CANDIDATES = 32
const DEPTH = 16

export interface WhyQuestion {
  readonly workspace: string
  readonly panel: string
  readonly path: StatePath
  readonly at: number
}

export async function whyOf(reader: RecordReader, question: WhyQuestion, changeOf: ChangeOf): Promise<WhyChain> {
  const { workspace, panel, at } = question
  const seq = await reader.seqAt(workspace, at)
  const { graph } = await twinAfter(reader, workspace, seq)
  const path = keyedPath(graph.panel(panel)?.properties.state ?? {}, question.path)
  const value = valueIn(graph, panel, path)
  const found = await lastTouch(reader, { ...question, path }, seq)
  const links = found ? await linksFrom(reader, workspace, found, changeOf) : []
  return { workspace, panel, path, at, ...(value !== undefined && { value }), links }
}

interface Found {
  readonly change: Change
  readonly operation: Operation
}

async function lastTouch(reader: RecordReader, question: WhyQuestion, seq: number): Promise<Found | undefined> {
  const { workspace, panel, path } = question
  const state = typeof path[0] === "string" ? path[0] : ""
  for (let before = seq + 1; ; ) {
    const seqs = await reader.touching(workspace, panel, state, before, CANDIDATES)
    for (const candidate of seqs) {
      const [change] = await reader.changes(workspace, candidate - 1, candidate)
      const operation = change && (await touchedBy(reader, change, question))
      if (change && operation) return { change, operation }
    }
    const last = seqs[seqs.length - 1]
    if (last === undefined || seqs.length < CANDIDATES) return undefined
    before = last
  }
}

/** The last operation of `change` that touched the place; "maybe" is settled by the value before and after it. */
async function touchedBy(reader: RecordReader, change: Change, question: WhyQuestion): Promise<Operation | undefined> {
  const { workspace, panel, path } = question
  const verdicts = change.operations.map((operation) => touches(operation, panel, path))
  if (verdicts.every((verdict) => verdict === "no")) return undefined
  const last = verdicts.findLastIndex((verdict) => verdict !== "no")
  if (verdicts[last] === "yes") return change.operations[last]
  const { graph } = await twinAfter(reader, workspace, change.seq - 1)
  let touched: Operation | undefined
  for (const [index, operation] of change.operations.entries()) {
    const before = valueIn(graph, panel, path)
    apply(graph, [operation])
    if (verdicts[index] === "yes") touched = operation
    else if (verdicts[index] === "maybe" && !equalJson(before, valueIn(graph, panel, path))) touched = operation
  }
  return touched
}

function valueIn(graph: Graph, panel: string, path: StatePath): Json | undefined {
  const state = graph.panel(panel)?.properties.state
  return state && readPath(state, path)
}

async function linksFrom(
  reader: RecordReader,
  workspace: string,
  found: Found,
  changeOf: ChangeOf,
): Promise<WhyLink[]> {
  const links: WhyLink[] = []
  const seen = new Set<number>()
  for (let next: Found | undefined = found; next && links.length < DEPTH && !seen.has(next.change.seq); ) {
    const { operation } = next
    seen.add(next.change.seq)
    const change: Change = (await changeOf(next.change.seq)) ?? next.change
    const { cause, seq, at } = change
    links.push({
      kind: "change",
      seq,
      at,
      operation,
      reason: cause.reason,
      sentence: changeSentence(change, operation),
    })
    if (cause.run) links.push(...runLinks(cause.run, at, await reader.runRows(workspace, cause.run.id)))
    const parent: Change | undefined = cause.parent === undefined ? undefined : await changeOf(cause.parent)
    const first = parent?.operations[0]
    if (parent && first && !cause.run?.person) next = { change: parent, operation: first }
    else {
      links.push(...originOf(change))
      next = undefined
    }
  }
  return links
}

function runLinks(run: RunCause, at: number, rows: readonly EventRow[]): WhyLink[] {
  const { id, panel, handler, turn, trigger } = run
  const triggered = rows.find(({ type }) => type === "handler_triggered")
  const completed = rows.findLast(({ type }) => type === "execution_completed")
  const reads = rows.map(readsOf).findLast((found) => found !== undefined)
  const took = completed ? ` It took ${completed.durationMs.toFixed(1)} ms.` : ""
  return [
    {
      kind: "run",
      id,
      panel,
      handler,
      turn,
      ...(reads !== undefined && { reads }),
      ...(completed && { durationMs: completed.durationMs }),
      sentence: `Handler "${handler}" ran${turn > 0 ? ` (turn ${turn + 1})` : ""}.${took}`,
    },
    { kind: "trigger", trigger, at: triggered?.at ?? at, sentence: TRIGGERS[trigger] },
  ]
}

const TRIGGERS: Record<RunCause["trigger"], string> = {
  event: "A click or an entry in the view set it off.",
  schedule: "Its schedule set it off.",
  mount: "Opening the panel set it off.",
  unmount: "Closing the panel set it off.",
  change: "A watched value changed and set it off.",
  call: "Another handler called it.",
  tool: "It was used as a tool.",
}

function readsOf(row: EventRow): unknown {
  const payload: unknown =
    row.type === "context_loaded" || row.type === "execution_completed" ? JSON.parse(row.payload) : undefined
  return typeof payload === "object" && payload !== null && "reads" in payload ? payload.reads : undefined
}

function originOf({ cause }: Change): WhyLink[] {
  const actor = cause.run?.person ?? cause.actor
  const { approver } = cause
  if (actor.kind === "handler") return []
  const name = actor.name || actor.id
  const accepted = approver ? ` ${approver.name || approver.id} accepted it.` : ""
  return [
    { kind: actor.kind, actor, ...(approver && { approver }), sentence: `${ORIGINS[actor.kind](name)}${accepted}` },
  ]
}

const ORIGINS: Record<Origin, (name: string) => string> = {
  person: (name) => `${name} did it.`,
  ai: (name) => `The AI (${name}) proposed it.`,
  git: (name) => `It came from Git (${name}).`,
  schedule: (name) => `The schedule ${name} did it.`,
  package: (name) => `The package ${name} brought it.`,
}

function changeSentence(change: Change, operation: Operation): string {
  const { seq, cause } = change
  const what = "path" in operation ? `${VERBS[operation.kind] ?? "changed"} ${pathText(operation.path)}` : cause.reason
  return `Change ${seq} (${cause.reason}) ${what}.`
}

const VERBS: Partial<Record<Operation["kind"], string>> = {
  state_set: "set",
  state_unset: "removed",
  state_splice: "changed the list",
}
