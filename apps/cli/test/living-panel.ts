import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import {
  apply,
  type Effect,
  Graph,
  type HostCall,
  type Json,
  type JsonObject,
  Limits,
  type Operation,
  type Panel,
} from "@nexus/protocol"
import { evaluateComputed, parsePanel } from "@nexus/reactor"
import type { Sandbox } from "@nexus/wasm-bridge"
import { expect } from "vitest"

export const gallery = fileURLToPath(new URL("../../../gallery/", import.meta.url))

/** The folders of the gallery's panels. */
export const names: readonly string[] = readdirSync(gallery, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "components")
  .map(({ name }) => name)

export function sourceOf(name: string): string {
  return readFileSync(`${gallery}${name}/panel.nxml`, "utf8")
}

export function panelOf(name: string): Panel {
  const { panel, diagnostics } = parsePanel(sourceOf(name))
  expect(diagnostics).toEqual([])
  if (!panel) throw new Error(`${name} has no panel`)
  return panel
}

export function initialState(panel: Panel): JsonObject {
  return Object.fromEntries(panel.states.map(({ name, initial }) => [name, initial]))
}

const MORNING = Date.UTC(2026, 2, 9, 8)
let runs = 0

/** A gallery panel that handlers of it can be run on, one after the other, as the kernel would. */
export function livingPanel(sandbox: Sandbox, name: string) {
  const panel = panelOf(name)
  const graph = new Graph()
  const frame = { x: 0, y: 0, w: 360, h: 400 }
  const properties = { source: sourceOf(name), frame, title: panel.title, state: initialState(panel), grants: [] }
  const entity = { id: "p", kind: "panel" as const, name: panel.title, properties, scope: "" }
  expect(apply(graph, [{ kind: "entity_add", entity }]).ok).toBe(true)
  const state = () => graph.panel("p")?.properties.state ?? {}
  const input = (nowMs: number) => ({
    state: state(),
    computed: evaluateComputed(panel, state(), {}),
    imports: {},
    nowMs,
  })
  const settle = (effects: readonly Effect[]) => {
    const operations = effects.flatMap((effect): Operation[] =>
      effect.kind === "state_set" || effect.kind === "state_unset" || effect.kind === "state_splice"
        ? [{ ...effect, panel: "p" }]
        : [],
    )
    expect(apply(graph, operations)).toMatchObject({ ok: true })
  }
  return {
    state,
    computed: () => evaluateComputed(panel, state(), {}),
    /** Runs to the end; every host call is answered with `reply`, or with what `reply` makes of it. */
    async run(
      handlerName: string,
      args: Json = {},
      nowMs = MORNING,
      reply: Json | ((call: HostCall) => Json | Promise<Json>) = null,
    ) {
      const handler = panel.handlers.find((one) => one.name === handlerName)
      if (!handler) throw new Error(`no handler ${handlerName}`)
      runs += 1
      const id = `run_${runs}`
      const limits = Limits.parse({})
      const run = {
        id,
        panel: "p",
        handler: handlerName,
        source: handler.source,
        line: handler.line,
        tenant: "t",
        limits,
      }
      let outcome = await sandbox.run({ ...run, input: { ...input(nowMs), args, seed: runs } })
      while (outcome.status === "waiting") {
        settle(outcome.effects)
        const replies = await Promise.all(
          outcome.calls.map(async (call) => ({
            id: call.id,
            value: typeof reply === "function" ? await reply(call) : reply,
          })),
        )
        outcome = await sandbox.resume({ id, replies, input: input(nowMs) })
      }
      if (outcome.status === "finished") settle(outcome.effects)
      return outcome
    },
  }
}
