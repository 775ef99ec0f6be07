import { type Graph, isDerivedOperation, type Operation, readPath } from "@nexus/protocol"
import { rebaseEdits } from "../text/rebase-edits.ts"
import { textDifference } from "../text/text-difference.ts"
import { applyEdits } from "../text/text-edit.ts"

/** One step back: operations that undo what this client did. */
export interface Step {
  /** The submissions, or the run, that it takes back. */
  readonly refs: readonly string[]
  readonly group: string | undefined
  /** What was done, in the words it was done with: "moved Groceries". */
  readonly what?: string
  readonly operations: readonly Operation[]
}

/** Newest last. */
export interface Steps {
  readonly undo: readonly Step[]
  readonly redo: readonly Step[]
}

const MAX_STEPS = 200

/**
 * What this client did and can take back, newest last. An undo is a submission like any other, made of inverses; each
 * carries what it expects to find, so that it refuses to overwrite what somebody else did since. Restoring an old graph
 * was refused: it would undo everybody.
 */
export class History {
  #undo: Step[] = []
  #redo: Step[] = []

  /** Everything that can be taken back and done again, to be kept; `restore` starts from it. */
  get steps(): Steps {
    return { undo: this.#undo, redo: this.#redo }
  }

  restore({ undo, redo }: Steps): void {
    this.#undo = [...undo]
    this.#redo = [...redo]
  }

  get canUndo(): boolean {
    return this.#undo.length > 0
  }

  get canRedo(): boolean {
    return this.#redo.length > 0
  }

  /** Notes something new that was done; what had been undone can no longer be redone. */
  did(step: Step): void {
    this.#redo = []
    this.#push(this.#undo, step)
  }

  /** Notes the undo of something, so that it can be redone; and the other way round. */
  undid(step: Step): void {
    this.#push(this.#redo, step)
  }

  redid(step: Step): void {
    this.#push(this.#undo, step)
  }

  takeUndo(): Step | undefined {
    return this.#undo.pop()
  }

  takeRedo(): Step | undefined {
    return this.#redo.pop()
  }

  /** Forgets the step whose last submission was refused. */
  forget(ref: string): void {
    this.#undo = this.#undo.filter(({ refs }) => refs.at(-1) !== ref)
    this.#redo = this.#redo.filter(({ refs }) => refs.at(-1) !== ref)
  }

  #push(steps: Step[], step: Step): void {
    const last = steps.at(-1)
    if (last && step.group !== undefined && last.group === step.group) {
      const operations = [...step.operations, ...last.operations.map(withoutExpect)]
      const refs = [...new Set([...last.refs, ...step.refs])]
      steps.splice(-1, 1, { ...step, refs, operations: merged(operations) })
      return
    }
    steps.push(step)
    if (steps.length > MAX_STEPS) steps.shift()
  }
}

/**
 * Inverses that refuse when the first value they replace is not what `graph` holds now, and that know which source they
 * take back. What follows from a panel's source is left out: the kernel derives it again, and refuses to have it written
 * by hand.
 */
export function guardInverse(inverse: readonly Operation[], graph: Graph): readonly Operation[] {
  const seen = new Set<string>()
  const sources = new Map<string, string>()
  const own = inverse.filter((operation) => !isDerivedOperation(graph, operation))
  return own.map((operation) => {
    if (operation.kind === "panel_source") {
      const now = sources.get(operation.panel) ?? graph.panel(operation.panel)?.properties.source
      sources.set(operation.panel, operation.source)
      return now === undefined ? operation : { ...operation, expect: now }
    }
    if (!("path" in operation)) return operation
    const place = `${operation.panel} ${String(operation.path[0])}`
    if (seen.has(place)) return operation
    seen.add(place)
    if (operation.kind !== "state_set") return operation
    const now = readPath(graph.panel(operation.panel)?.properties.state ?? {}, operation.path)
    return now === undefined ? operation : { ...operation, expect: now }
  })
}

/**
 * A step as it is taken now: where a source was written on since, what the step did to it is taken back as edits of the
 * words, and what others wrote stays. The other way, the whole source from before, would undo everybody.
 */
export function onSourcesOfNow(operations: readonly Operation[], graph: Graph): readonly Operation[] {
  const sources = new Map<string, string>()
  return operations.map((operation) => {
    if (operation.kind !== "panel_source") return operation
    const { panel, source, expect: made } = operation
    const properties = graph.panel(panel)?.properties
    const now = sources.get(panel) ?? properties?.source
    const writtenOn = properties !== undefined && now !== undefined && made !== undefined && now !== made
    if (!writtenOn) {
      sources.set(panel, source)
      return operation
    }
    const edits = rebaseEdits(textDifference(made, source), textDifference(made, now))
    const merged = applyEdits(now, edits)
    sources.set(panel, merged)
    return { ...operation, source: merged, title: properties.title, expect: now }
  })
}

function withoutExpect(operation: Operation): Operation {
  if (operation.kind !== "state_set") return operation
  const { expect: _expect, ...rest } = operation
  return rest
}

/** Writes to one place in a row are one write of the oldest value, which comes last. */
function merged(operations: readonly Operation[]): Operation[] {
  const result: Operation[] = []
  for (const operation of operations) {
    const last = result.at(-1)
    const again = last?.kind === "state_set" && operation.kind === "state_set" && last.panel === operation.panel
    if (again && JSON.stringify(last.path) === JSON.stringify(operation.path)) {
      result[result.length - 1] = { ...last, value: operation.value }
    } else result.push(operation)
  }
  return result
}
