import { type Failure, type Frame, type Graph, type Json, type Operation, readPath } from "@nexus/protocol"
import type { Conflict } from "@nexus/reactor/client"
import { refusal } from "../connect/sentence.ts"
import { describeOperation } from "../review/differences.ts"
import { pathLabel } from "../timeline/path-label.ts"
import { say, sayAgain } from "../words/say.ts"

/** One thing of a conflict: what the person did, what they wanted there, and what is there now. */
export interface ConflictLine {
  readonly did: string
  /** What it is about: `title`, `the source`. Absent where there is nothing to compare. */
  readonly place?: string
  readonly mine?: string
  readonly now?: string
}

/** Frames are left out beside anything else: that a panel also moved is not what has to be decided. */
export function conflictLines({ operations }: Conflict, graph: Graph): readonly ConflictLine[] {
  const told = operations.filter(({ kind }) => kind !== "panel_frame")
  return (told.length > 0 ? told : operations).map((operation) => conflictLine(operation, graph))
}

function conflictLine(operation: Operation, graph: Graph): ConflictLine {
  const did = describeOperation(operation, graph)
  switch (operation.kind) {
    case "state_set": {
      const now = readPath(graph.panel(operation.panel)?.properties.state ?? {}, operation.path)
      return { did, place: pathLabel(operation.path), mine: valueText(operation.value), now: valueText(now) }
    }
    case "state_unset": {
      const now = readPath(graph.panel(operation.panel)?.properties.state ?? {}, operation.path)
      return { did, place: pathLabel(operation.path), mine: GONE, now: valueText(now) }
    }
    case "panel_frame": {
      const now = graph.panel(operation.panel)?.properties.frame
      return { did, place: say("where it stands"), mine: frameText(operation.frame), now: now ? frameText(now) : GONE }
    }
    case "state_splice": {
      const place = pathLabel(operation.path)
      if (operation.insert.length === 0) return { did }
      return { did, place, mine: operation.insert.map(valueText).join("\n") }
    }
    case "panel_source": {
      const now = graph.panel(operation.panel)?.properties.source
      return { did, place: say("the source"), mine: operation.source, now: now ?? GONE }
    }
    case "entity_set":
      return operation.name === undefined
        ? { did }
        : { did, place: say("name"), mine: operation.name, now: graph.entity(operation.id)?.name ?? GONE }
    case "entity_add":
      return { did, place: say("it"), mine: valueText(operation.entity.properties) }
    default:
      return { did }
  }
}

const GONE = say("not there any more")

function frameText({ x, y, w, h }: Frame): string {
  const [left, top, width, height] = [Math.round(x), Math.round(y), Math.round(w), Math.round(h)] as const
  return say("at {left}, {top}, {width} × {height}", { left, top, width, height })
}

function valueText(value: Json | undefined): string {
  if (value === undefined) return GONE
  return typeof value === "string" ? value : JSON.stringify(value, undefined, 2)
}

/** Why it did not fit, without a word of blame. */
export function whyNot(failure: Failure): string {
  switch (failure.code) {
    case "operation-conflict":
      return say("Somebody changed the same while you were away.")
    case "not-found":
      return say("The {what} is gone: somebody removed it while you were away.", { what: sayAgain(failure.what) })
    case "forbidden":
      return `${refusal(failure)} ${say("What you did while you were away was not taken.")}`
    default:
      return refusal(failure)
  }
}

/** Everything the person did there, as text to take elsewhere. */
export function conflictText(conflict: Conflict, graph: Graph): string {
  const lines = conflictLines(conflict, graph)
  const mine = lines.flatMap(({ mine: text }) => (text === undefined ? [] : [text]))
  return mine.length > 0 ? mine.join("\n\n") : lines.map(({ did }) => did).join("\n")
}
