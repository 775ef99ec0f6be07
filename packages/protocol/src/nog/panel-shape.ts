import { isJson, isJsonObject, type JsonObject } from "../json.ts"

/** What is not as the schema `PanelProperties` says, by hand: every viewer applies operations and loads no schemas. */
export interface PanelFault {
  readonly at: string
  readonly wanted: string
}

/** Properties of a panel that have operations of their own; all others are set as those of any entity. */
const OWNED: ReadonlySet<string> = new Set(["source", "frame", "title", "state", "grants"])

export function isPanelOwned(property: string): boolean {
  return OWNED.has(property)
}

/** The bounds of a panel's frame. */
const FRAME = { x: [-1e6, 1e6], y: [-1e6, 1e6], w: [80, 20000], h: [40, 20000] } as const

/** The first thing in a panel's properties that is not as it should be. */
export function panelFault({ source, frame, title, state, grants }: JsonObject): PanelFault | undefined {
  if (typeof source !== "string") return { at: "source", wanted: "a text" }
  if (!isJsonObject(frame)) return { at: "frame", wanted: "x, y, w and h" }
  const misplaced = frameFault(frame)
  if (misplaced) return misplaced
  if (typeof title !== "string") return { at: "title", wanted: "a text" }
  if (!isJsonObject(state) || !isJson(state, 257)) return { at: "state", wanted: "values by name" }
  const texts = Array.isArray(grants) && grants.every((grant) => typeof grant === "string")
  return texts ? undefined : { at: "grants", wanted: "a list of texts" }
}

/** The first side of a frame that is not as it should be. */
export function frameFault(frame: JsonObject): PanelFault | undefined {
  for (const [side, [least, most]] of Object.entries(FRAME)) {
    const value = frame[side]
    if (typeof value !== "number" || !(value >= least && value <= most)) {
      return { at: `frame.${side}`, wanted: `a number from ${least} to ${most}` }
    }
  }
  return undefined
}
