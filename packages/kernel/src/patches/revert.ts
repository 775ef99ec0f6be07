import {
  apply,
  type Change,
  Graph,
  isDerivedOperation,
  NexusError,
  type Operation,
  packageComponents,
  type StatePath,
  type Step,
} from "@nexus/protocol"
import { mergeText } from "../versions/sequence-merge.ts"
import { mergeSource } from "../versions/source-merge.ts"
import type { Workspace } from "../workspace/workspace.ts"

/**
 * Taking one change back while everything since stays. The inverse is made against the world just before the change,
 * rebuilt from the journal, then laid over the world of now. It conflicts only where a later change touched the same
 * place: `apply` says so itself for lists and removed things, and `overlap` for values that a plain set would silently
 * overwrite. A source that was edited since is merged by its parts. Derived operations are left out; they follow again from
 * the sources.
 */
export async function planRevert(workspace: Workspace, seq: number, submission: string): Promise<RevertPlan> {
  const { graph, change } = await worldBefore(workspace, seq)
  const applied = apply(graph, change.operations)
  if (!applied.ok) throw new Error(`change ${seq} of ${workspace.id} does not replay`)
  const after = graph
  const inverse = applied.inverse.filter((operation) => !isDerivedOperation(graph, operation))
  for (let read = seq; read < workspace.seq; ) {
    const later = await workspace.changes(read, PAGE)
    for (const change of later) {
      if (change.submission === submission) return { done: change }
      refuseOverlap(inverse, change.operations, change.seq)
    }
    read = later[later.length - 1]?.seq ?? workspace.seq
  }
  return { operations: inverse.map((operation) => withLaterEdits(operation, after, workspace)) }
}

/** The source from before the change, with what was edited since. */
function withLaterEdits(operation: Operation, after: Graph, { graph }: Workspace): Operation {
  if (operation.kind !== "panel_source") return operation
  const { panel, source } = operation
  const made = after.panel(panel)?.properties.source
  const now = graph.panel(panel)?.properties
  if (made === undefined || now === undefined || now.source === made) return operation
  const edited: string[] = []
  const sides = { base: made, ours: now.source, theirs: source }
  const merged = mergeSource(sides, packageComponents(graph).declarations, (part) => {
    edited.push(part)
    return undefined
  })
  const lines = merged === undefined ? mergeText(made, now.source, source) : undefined
  if (lines?.clean) return { ...operation, source: lines.ours, title: now.title }
  if (merged !== undefined && edited.length === 0) return { ...operation, source: merged, title: now.title }
  const what = edited.length > 0 ? edited.join(", ") : "the same lines of its source"
  const detail = `edited since, and changed by it as well: ${what}. Edit it by hand`
  throw new NexusError({ code: "operation-conflict", operation: operation.kind, target: panel, detail })
}

/** `done` when this very submission was made before. */
export type RevertPlan = { readonly done: Change } | { readonly operations: readonly Operation[] }

const PAGE = 1000

async function worldBefore(workspace: Workspace, seq: number): Promise<{ graph: Graph; change: Change }> {
  const graph = new Graph()
  for (let after = 0; after < seq; ) {
    const page = await workspace.changes(after, Math.min(PAGE, seq - after))
    for (const change of page) {
      if (change.seq === seq) return { graph, change }
      const applied = apply(graph, change.operations)
      if (!applied.ok) throw new Error(`change ${change.seq} of ${workspace.id} does not replay`)
      after = change.seq
    }
    if (page.length === 0) break
  }
  throw new NexusError({ code: "not-found", what: "change", id: String(seq) })
}

function refuseOverlap(inverse: readonly Operation[], later: readonly Operation[], seq: number): void {
  for (const mine of inverse) {
    const theirs = later.find((operation) => overlap(mine, operation))
    if (!theirs) continue
    const target = "panel" in mine ? mine.panel : "id" in mine ? mine.id : mine.kind
    const detail = `change ${seq} has touched the same place since`
    throw new NexusError({ code: "operation-conflict", operation: mine.kind, target, detail })
  }
}

/** Would applying `mine` silently undo `theirs`? */
function overlap(mine: Operation, theirs: Operation): boolean {
  switch (mine.kind) {
    case "panel_source":
      // Merged by parts, which finds out itself.
      return false
    case "panel_frame":
      return theirs.kind === mine.kind && theirs.panel === mine.panel
    case "panel_grant":
      return theirs.kind === mine.kind && theirs.panel === mine.panel && theirs.grant === mine.grant
    case "entity_remove":
      return theirs.kind === "panel_source" && theirs.panel === mine.id
    case "entity_set":
      return (
        theirs.kind === "entity_set" &&
        theirs.id === mine.id &&
        namesOf(mine).some((name) => namesOf(theirs).includes(name))
      )
    case "state_set":
    case "state_unset":
      return (
        (theirs.kind === "state_set" || theirs.kind === "state_unset" || theirs.kind === "state_splice") &&
        theirs.panel === mine.panel &&
        (startsWith(mine.path, theirs.path) || startsWith(theirs.path, mine.path))
      )
    case "state_splice":
      return (
        (theirs.kind === "state_set" || theirs.kind === "state_unset") &&
        theirs.panel === mine.panel &&
        startsWith(mine.path, theirs.path)
      )
    default:
      return false
  }
}

function namesOf(operation: Extract<Operation, { kind: "entity_set" }>): string[] {
  const name = operation.name === undefined ? [] : ["(name)"]
  return [...Object.keys(operation.set ?? {}), ...(operation.unset ?? []), ...name]
}

function startsWith(path: StatePath, start: StatePath): boolean {
  return start.every((step, index) => {
    const mine = path[index]
    return mine !== undefined && maySame(mine, step)
  })
}

/** Two ways of naming an item may mean the same one; then it is better to ask. */
function maySame(a: Step, b: Step): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b
  if ("key" in a && "key" in b) return a.key === b.key
  if ("index" in a && "index" in b) return a.index === b.index
  return true
}
