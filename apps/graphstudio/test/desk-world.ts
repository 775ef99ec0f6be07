import { apply, Graph, type Operation, type Panel, type PanelEntity } from "@nexus/protocol"
import { newPanel } from "../src/workspace/panel-acts.ts"

/** A graph with one workspace `ws` and what these operations made of it. */
export function graphAfter(operations: readonly Operation[]): Graph {
  const graph = new Graph()
  const root: Operation = {
    kind: "entity_add",
    entity: { id: "ws", kind: "workspace", name: "Desk", properties: {}, scope: "" },
  }
  const applied = apply(graph, [root, ...operations])
  if (!applied.ok) throw new Error(JSON.stringify(applied.failure))
  return graph
}

/** `count` panels p1, p2, … in a row, 400 apart. */
export function rowOfPanels(count: number): Operation[] {
  return Array.from({ length: count }, (_, index) =>
    newPanel(`p${index + 1}`, "ws", "<NexusPanel/>", `Panel ${index + 1}`, { x: index * 400, y: 0, w: 360, h: 240 }),
  )
}

export function panelOf(graph: Graph, id: string): PanelEntity {
  const panel = graph.panel(id)
  if (!panel) throw new Error(`no panel ${id}`)
  return panel
}

const NOWHERE = { line: 1, column: 1, offset: 0, length: 0 }

/** A read panel with nothing in it but what a test says. */
export function panelWith(parts: Partial<Panel>): Panel {
  return {
    title: "Test",
    version: "1.0.0",
    description: "",
    states: [],
    computed: [],
    imports: [],
    capabilities: [],
    handlers: [],
    tools: [],
    lifecycles: [],
    view: [],
    ...parts,
  }
}

export function capability(type: string, scope: string, reason = "") {
  return { type, scope, reason, range: NOWHERE }
}

export function lifecycle(on: "mount" | "schedule", run: string) {
  return { on, run, range: NOWHERE }
}
