import type { Json } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ADA, kernelWith, panel } from "../worlds.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const CURIOUS = panel(
  "Curious",
  "",
  `<Handler name="tries">
     const said = {}
     for (const [group, methods] of Object.entries(nexus)) {
       if (typeof methods === "function") continue
       for (const [name, method] of Object.entries(methods)) {
         for (const args of [[], ["a"], ["a", "b", "c"], ["https://example.org/"], [{ a: 1 }], [[], null, {}]]) {
           const key = group + "." + name + " " + JSON.stringify(args)
           try { await method(...args); said[key] = "worked" } catch (error) { said[key] = error.code ?? "thrown" }
         }
       }
     }
     return said
   </Handler>`,
)

test("everything that a handler finds in nexus is answered by the kernel, and nothing of it without a grant", async () => {
  const world = await kernelWith({ sandbox, panels: { p: CURIOUS } })
  const run = await world.workspace.trigger({ panel: "p", handler: "tries", args: {}, trigger: "event", person: ADA })
  const said = Object.entries(run.value as { [key: string]: Json })
  expect(said.length).toBeGreaterThan(100)
  for (const [call, code] of said) expect(["capability-denied", "invalid-input", "thrown"], call).toContain(code)
  const called = world.events.filter(({ type }) => type === "host_called")
  expect(called.length).toBe(said.filter(([, code]) => code !== "thrown").length)
  const names = new Set(said.map(([call]) => call.split(" ")[0]))
  expect(
    [...names].filter(
      (name) => !said.some(([call, code]) => call.startsWith(`${name} `) && code === "capability-denied"),
    ),
  ).toEqual([])
  expect([...world.workspace.graph.ofKind("resource")]).toEqual([])
})
