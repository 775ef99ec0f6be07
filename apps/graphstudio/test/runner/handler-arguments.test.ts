import type { Handler, Tool } from "@nexus/protocol"
import { expect, test } from "vitest"
import { argumentsOf, readArguments } from "../../src/runner/handler-arguments.ts"
import { panelWith } from "../desk-world.ts"

const NOWHERE = { line: 1, column: 1, offset: 0, length: 0 }
const handler = (source: string): Handler => ({ name: "add", source, line: 1, references: [], range: NOWHERE })
const TOOL: Tool = {
  name: "add_item",
  handler: "add",
  description: "",
  args: [{ name: "title", type: "string", required: true, initial: undefined, description: "What to buy" }],
  range: NOWHERE,
}

test("a handler takes what its tool declares, and what its code reads besides", () => {
  const panel = panelWith({ tools: [TOOL] })
  const found = argumentsOf(panel, handler("const { title, count = 1 } = $args; if ($args?.urgent) $log.info(title)"))
  expect(found.map(({ name, type, required }) => [name, type, required])).toEqual([
    ["title", "string", true],
    ["urgent", "any", false],
    ["count", "any", false],
  ])
  expect(argumentsOf(panelWith({}), handler("$state.count += 1"))).toEqual([])
})

test("what was typed is read by its type; what is needed and missing is told at its field", () => {
  const wanted = argumentsOf(panelWith({ tools: [TOOL] }), handler("$args.count + $args.note"))
  expect(readArguments(wanted, { title: "Milk", count: "3", note: "soon" }, "needed")).toEqual({
    args: { title: "Milk", count: 3, note: "soon" },
  })
  expect(readArguments(wanted, { count: "3" }, "needed")).toEqual({ wrong: { title: "needed" } })
})
