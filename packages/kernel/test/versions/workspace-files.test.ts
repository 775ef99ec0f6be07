import { apply, Graph, type Operation } from "@nexus/protocol"
import { expect, it } from "vitest"
import { fromFiles, toCommitted, toFiles } from "../../src/versions/workspace-files.ts"

const frame = { x: 0, y: 0, w: 400, h: 300 }
const panel = { title: "Till", source: "<NexusPanel/>", frame, state: {}, grants: ["time"] }
const WORLD: readonly Operation[] = [
  { kind: "entity_add", entity: { id: "ws", kind: "workspace", name: "Home", properties: {}, scope: "" } },
  { kind: "entity_add", entity: { id: "p1", kind: "panel", name: "Till", properties: panel, scope: "ws" } },
  { kind: "entity_set", id: "p1", set: { z: 2, locked: true, group: "shop" } },
  { kind: "entity_add", entity: { id: "s1", kind: "section", name: "Shop", properties: { frame }, scope: "ws" } },
]

function world(): Graph {
  const graph = new Graph()
  expect(apply(graph, WORLD).ok).toBe(true)
  return graph
}

it("how panels lie on the canvas is written and read again, and so are sections; grants are not", () => {
  const graph = world()
  const read = fromFiles(toFiles(graph, "ws"), "ws")
  expect(read).toEqual(toCommitted(graph, "ws"))
  expect(read.panels.get("p1")?.properties).toEqual({ z: 2, locked: true, group: "shop" })
  expect(read.entities.get("s1")?.properties).toEqual({ frame })
})

it("a file that names a right among the properties of a panel brings none", () => {
  const files = new Map(toFiles(world(), "ws"))
  const text = files.get("workspace.json") ?? ""
  files.set("workspace.json", text.replace('"locked":true', '"locked":true,"grants":["http:*"],"source":"<Evil/>"'))
  const read = fromFiles(files, "ws").panels.get("p1")
  expect(read?.properties).toEqual({ z: 2, locked: true, group: "shop" })
  expect(read?.source).toBe("<NexusPanel/>")
})
