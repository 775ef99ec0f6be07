import { Graph } from "@nexus/protocol"
import { say } from "../words/say.ts"
import { toExample } from "./example.ts"

/** A workspace around the examples: the panel that Embed's example shows, with a Slot for what is put into it. */
export function neighbours(): Graph {
  const graph = new Graph()
  const { source } = toExample(
    "Groceries",
    '<Metric label="To buy" value="{$state.items.length}"/><Text content="{$state.items.join(\', \')}" tone="muted"/><Slot/>',
    { items: ["Milk", "Bread", "Tea"] },
  )
  const frame = { x: 0, y: 0, w: 360, h: 240 }
  const properties = { source, frame, title: say("Groceries"), state: {}, grants: [] }
  graph.putEntity({ id: "panel_groceries", kind: "panel", name: "Groceries", scope: "ws_examples", properties })
  return graph
}
