import { createHash } from "node:crypto"
import {
  type Graph,
  type Id,
  type Json,
  type JsonObject,
  NexusError,
  type Panel,
  type PanelEntity,
  resolvePanel,
  sentenceOf,
} from "@nexus/protocol"
import type { Sources } from "../workspace/sources.ts"
import type { TriggerResult } from "../workspace/workspace.ts"
import { exportedBy } from "../workspace/world.ts"
import type { Heard } from "./event-hub.ts"
import type { HostContext, Methods } from "./host-context.ts"
import { toolArguments } from "./tool-arguments.ts"

/**
 * `nexus.panels`: what another panel exports (shared states that are not secret, and computed values), and its tools. A
 * panel goes by its id or its title, in grants too. A tool's call is a run of the other panel, in its lane, with its
 * grants and under the same person; its changes name the run that asked. The caller's lane is free while it waits, so a
 * circle of panels would not lock up but go round for ever: a panel that is already in the chain is not called again, a
 * chain has an end, and all calls that one run set off, however branched, are counted together.
 */
export interface PanelCalls {
  readonly graph: () => Graph
  readonly sources: Sources
  /** The panel whose handler asks. */
  readonly self: string
  readonly callers: Callers | undefined
  /** Counts every call below the first run of a chain. */
  readonly budget: CallBudget
  readonly run: (panel: string, handler: string, args: JsonObject, callers: Callers) => Promise<TriggerResult>
}

/** Who stands above a run that a tool's call set off: panels from the first to the caller, and the run that called. */
export interface Callers {
  readonly panels: readonly string[]
  readonly run: Id
  readonly budget: CallBudget
  readonly heard: Heard
}

export interface CallBudget {
  left: number
}

const DEEPEST = 8
/** Calls of tools below one run, its own and those that they make. */
const MOST_CALLS = 200

export function createCallBudget(): CallBudget {
  return { left: MOST_CALLS }
}

export const panelReading: Methods = {
  read: async ([reference, name], context) => {
    const found = other("panels:read", reference, context)
    const exported = exportedBy(context.panelCalls.graph(), context.panelCalls.sources, found.entity, found.panel)
    if (typeof name === "string" && Object.hasOwn(exported, name)) return exported[name] ?? null
    const names = Object.keys(exported).join(", ") || "nothing"
    throw invalid(`"${found.entity.properties.title}" exports no ${JSON.stringify(name ?? null)}; it exports ${names}`)
  },
  tools: async ([reference], context) => {
    const { panel } = other("panels:read", reference, context)
    return panel.tools.map(({ name, description, args }) => ({
      name,
      description,
      args: args.map(({ initial, ...arg }) => ({ ...arg, ...(initial === undefined ? {} : { default: initial }) })),
    }))
  },
}

export const panelCalling: Methods = {
  call: async ([reference, name, given], context) => {
    const { entity, panel } = other("panels:call", reference, context)
    const { title } = entity.properties
    const tool = panel.tools.find((tool) => tool.name === name)
    if (!tool) {
      const known = panel.tools.map((tool) => tool.name).join(", ") || "none"
      throw invalid(`"${title}" has no tool ${JSON.stringify(name ?? null)}; it has ${known}`)
    }
    const args = toolArguments(tool, given)
    const { self, callers, budget, run } = context.panelCalls
    const panels = [...(callers?.panels ?? []), self]
    refuseCircle(context, panels, entity)
    if (budget.left <= 0) {
      throw new NexusError({ code: "too-large", what: "tree of calls", limit: MOST_CALLS, unit: "calls of tools" })
    }
    budget.left -= 1
    const result = await run(entity.id, tool.handler, args, {
      panels,
      run: context.run,
      budget,
      heard: context.eventCalls.heard,
    })
    if (!result.failure) return result.value ?? null
    // A denial of the other panel is not one of this panel: it failed over there.
    const { handler } = tool
    const message = `in "${title}": ${sentenceOf(result.failure)}`
    throw new NexusError({ code: "handler-failed", handler, message })
  },
}

/** The panel that is meant. Whoever may not is told so, whether there is one or not. */
function other(
  type: "panels:read" | "panels:call",
  reference: Json | undefined,
  { panelCalls: { graph, sources }, allow }: HostContext,
): { readonly entity: PanelEntity; readonly panel: Panel } {
  if (typeof reference !== "string" || reference === "") throw invalid("a panel is named by its title or id")
  const entity = resolvePanel(graph(), reference)
  if (entity) allow({ type, scope: entity.properties.title }, { type, scope: entity.id })
  else allow({ type, scope: reference })
  const panel = entity && sources.of(entity)
  if (!entity || !panel) throw new NexusError({ code: "not-found", what: "panel", id: reference })
  return { entity, panel }
}

function refuseCircle({ panelCalls }: HostContext, panels: readonly string[], called: PanelEntity): void {
  const titleOf = (id: string) => panelCalls.graph().panel(id)?.properties.title ?? id
  const chain = [...panels, called.id].map(titleOf).join(" → ")
  if (panels.includes(called.id)) {
    throw new NexusError({ code: "conflict", detail: `These panels call each other in a circle: ${chain}.` })
  }
  if (panels.length >= DEEPEST) {
    throw new NexusError({ code: "conflict", detail: `Panels call each other ${DEEPEST} deep at most: ${chain}.` })
  }
}

/** The ref under which a call runs: asked again after a restart, it is the same run. */
export function callRef(submission: string): string {
  return `call.${createHash("sha256").update(submission).digest("hex").slice(0, 32)}`
}

function invalid(detail: string): NexusError {
  return new NexusError({ code: "invalid-input", detail })
}
