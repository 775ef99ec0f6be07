import { apply, Graph, type Operation } from "@nexus/protocol"
import { expect, test } from "vitest"
import { guardInverse, onSourcesOfNow } from "../../src/store/history.ts"
import { panelWith } from "../world/server.ts"

const SOURCE = "first line\nlast line\n"

/** A graph with a source, and the step that takes the writing of `source` back. */
function written(source: string): { graph: Graph; step: readonly Operation[] } {
  const graph = new Graph()
  apply(graph, [panelWith({}, SOURCE)])
  const applied = apply(graph, [{ kind: "panel_source", panel: "p", source, title: "p" }])
  if (!applied.ok) throw new Error(applied.failure.code)
  return { graph, step: guardInverse(applied.inverse, graph) }
}

function takenBack(graph: Graph, step: readonly Operation[]): string | undefined {
  const applied = apply(graph, onSourcesOfNow(step, graph))
  expect(applied.ok).toBe(true)
  return graph.panel("p")?.properties.source
}

test("taking back what one wrote in a source leaves what another wrote in it since", () => {
  const { graph, step } = written("first own line\nlast line\n")
  apply(graph, [{ kind: "panel_source", panel: "p", source: "first own line\nlast of theirs line\n", title: "p" }])
  expect(takenBack(graph, step)).toBe("first line\nlast of theirs line\n")
})

test("of a source that nobody wrote on it puts back what was there", () => {
  const { graph, step } = written("first own line\nlast line\n")
  expect(takenBack(graph, step)).toBe(SOURCE)
})

test("a step of two writings takes both back over what came between", () => {
  const { graph, step } = written("first own line\nlast line\n")
  const again = apply(graph, [
    { kind: "panel_source", panel: "p", source: "first own line\nlast own line\n", title: "p" },
  ])
  const both = [...(again.ok ? guardInverse(again.inverse, graph) : []), ...step]
  apply(graph, [{ kind: "panel_source", panel: "p", source: "theirs\nfirst own line\nlast own line\n", title: "p" }])
  expect(takenBack(graph, both)).toBe("theirs\nfirst line\nlast line\n")
})
