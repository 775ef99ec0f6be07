import { type Json, NexusError, type Panel, type PanelEntity, resolvePanel, sentenceOf } from "@nexus/protocol"
import { exportedBy } from "@nexus/reactor"
import type { HostContext, Methods } from "./host-context.ts"
import { MOST_CALLS } from "./panels.ts"
import { toolArguments } from "./tool-arguments.ts"

/**
 * `nexus.panels`: what another panel exports (shared states that are not secret, and computed values), and its tools,
 * with arguments as the tool declares them. A panel goes by its id or its title, in grants too.
 */
const DEEPEST = 8

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

function invalid(detail: string): NexusError {
  return new NexusError({ code: "invalid-input", detail })
}
