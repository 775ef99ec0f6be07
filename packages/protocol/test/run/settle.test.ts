import { describe, expect, it } from "vitest"
import { type Effect, type Panel, type PanelEntity, settle } from "../../src/index.ts"

const state = (name: string, more: object = {}): Panel["states"][number] => ({
  name,
  type: "number",
  scope: "document",
  secret: false,
  initial: 0,
  description: "",
  range: { line: 1, column: 1, offset: 0, length: 0 },
  ...more,
})

function world() {
  const panel: Panel = {
    title: "p",
    version: "",
    description: "",
    states: [state("n"), state("mine", { scope: "session" }), state("key", { secret: true })],
    computed: [],
    imports: [],
    capabilities: [],
    handlers: [],
    tools: [],
    lifecycles: [],
    view: [],
  }
  const frame = { x: 0, y: 0, w: 80, h: 40 }
  const properties = { source: "", title: "p", frame, state: { n: 0 }, grants: [] }
  const entity: PanelEntity = { id: "p", kind: "panel", name: "p", scope: "", properties }
  return { entity, panel, session: { mine: 0 }, secrets: { key: 0 } }
}

const set = (name: string, value: number): Effect => ({ kind: "state_set", path: [name], value })

describe("the effects of a turn", () => {
  it("become operations on the panel where they write shared state, and nothing where they do not", () => {
    const settled = settle([set("n", 1), set("mine", 2), set("key", 3)], world(), "act")
    expect(settled).toMatchObject({
      ok: true,
      operations: [{ kind: "state_set", panel: "p", path: ["n"], value: 1 }],
      session: { mine: 2 },
      secrets: { key: 3 },
      secretsWritten: true,
    })
    expect(settled.ok && [...settled.sessionWritten]).toEqual(["mine"])
  })

  it("refuse the whole turn when one of them may not be", () => {
    const refused = { ok: false, failure: { code: "handler-failed", handler: "act" } }
    expect(settle([set("n", 1), set("none", 2)], world(), "act")).toMatchObject(refused)
    expect(settle([set("n", 1), { kind: "state_unset", path: ["n"] }], world(), "act")).toMatchObject(refused)
  })

  it("keep what is to be seen and told in its order", () => {
    const settled = settle(
      [
        { kind: "view", command: "toast", argument: "one" },
        { kind: "emit", name: "bought", payload: 1 },
        { kind: "log", level: "info", message: "x" },
        { kind: "view", command: "open", argument: "q" },
      ],
      world(),
      "act",
    )
    expect(settled).toMatchObject({
      operations: [],
      views: [{ argument: "one" }, { argument: "q" }],
      emits: [{ name: "bought" }],
    })
  })
})
