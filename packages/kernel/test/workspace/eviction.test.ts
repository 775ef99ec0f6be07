import type { Operation } from "@nexus/protocol"
import { createSandbox } from "@nexus/wasm-bridge"
import { describe, expect, it, onTestFinished } from "vitest"
import { createPanelOperation } from "../../src/panels/new-panel.ts"
import { toEvict } from "../../src/workspace/eviction.ts"
import { ADA, addPanel, COUNTER, kernelWith, panel } from "../worlds.ts"

describe("toEvict", () => {
  const open = (id: string, bytes: number, askedAt: number, idle = true) => ({ id, bytes, askedAt, idle })

  it("names the longest unasked first, and no more than make room", () => {
    expect(toEvict([open("b", 40, 2), open("a", 40, 1), open("c", 40, 3)], 100, 10_000)).toEqual(["a"])
    expect(toEvict([open("b", 40, 2), open("a", 40, 1), open("c", 40, 3)], 50, 10_000)).toEqual(["a", "b"])
    expect(toEvict([open("a", 40, 1), open("b", 40, 2)], 80, 10_000)).toEqual([])
  })

  it("spares what is not idle and what was asked for a moment ago", () => {
    expect(toEvict([open("a", 40, 1, false), open("b", 40, 2)], 50, 10_000)).toEqual(["b"])
    expect(toEvict([open("a", 40, 9_500), open("b", 40, 9_900)], 50, 10_000)).toEqual([])
  })

  it("lets one go first that is larger than everything may be", () => {
    expect(toEvict([open("a", 40, 1), open("large", 400, 5), open("b", 40, 2)], 100, 10_000)).toEqual(["large"])
  })
})

const set = (value: number): Operation => ({ kind: "state_set", panel: "p", path: ["count"], value })
const frame = { x: 0, y: 0, w: 300, h: 200 }
const cause = { actor: ADA, reason: "a test" }

/** A kernel whose open workspaces may take `memoryBytes`; each use of one is two seconds after the last one. */
async function shortOfMemory(memoryBytes: number, more: Parameters<typeof kernelWith>[0] = {}) {
  let now = 1_700_000_000_000
  const world = await kernelWith({ ...more, memoryBytes, clock: () => now })
  const use = async (id: string, value: number): Promise<void> => {
    now += 2_000
    const workspace = await world.workspaces.create(id, id, ADA)
    if (!workspace.graph.panel("p")) {
      await workspace.commit({
        submission: `${id}.p`,
        cause,
        operations: [createPanelOperation({ id: "p", workspace: id, source: COUNTER, frame })],
      })
    }
    await workspace.commit({ submission: `${id}.${value}`, cause, operations: [set(value)] })
  }
  return { ...world, use }
}

it("fifty workspaces used in turn stay within the memory for a few, and nothing of them is lost", async () => {
  const { workspaces, use, journal, notes } = await shortOfMemory(60_000)
  const ids = [...Array(50).keys()].map((index) => `workspace_${index}`)
  let most = 0
  for (const round of [1, 2, 3]) {
    for (const id of ids) {
      await use(id, round)
      const { open, bytes, mostBytes } = workspaces.metrics()
      most = Math.max(most, open)
      // What the one in hand has grown by is looked at by the next opening.
      expect(bytes).toBeLessThan(mostBytes + (workspaces.get(id)?.bytes ?? 0))
    }
  }
  expect(most).toBeGreaterThan(2)
  expect(most).toBeLessThan(20)
  const { openings, closed } = workspaces.metrics()
  expect(openings).toBeGreaterThan(140)
  expect(closed.memory).toBeGreaterThan(130)
  for (const id of ids) {
    const workspace = await workspaces.open(id)
    expect(workspace.graph.panel("p")?.properties.state).toEqual({ count: 3 })
    expect((await journal.changes(id, 0, 100)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
  }
  expect(notes).toEqual([])
})

it("what was closed for memory was written as a snapshot before", async () => {
  const { workspaces, use, journal } = await shortOfMemory(30_000)
  await use("first", 1)
  const { seq } = await workspaces.open("first")
  for (const id of ["second", "third", "fourth", "fifth"]) await use(id, 1)
  expect(workspaces.get("first")).toBeUndefined()
  expect(await journal.loadSnapshot("first")).toMatchObject({ seq })
})

it("one that has subscribers, runs or waiting writes, or is held, is never closed for memory", async () => {
  const sandbox = await createSandbox({ processes: 1 })
  onTestFinished(() => sandbox.close())
  const source = panel(
    "Waits",
    "",
    `<Capability type="ask" reason="Asks"/><Handler name="wait">return await nexus.ask("Go on?")</Handler>`,
  )
  const { workspaces, use, workspace } = await shortOfMemory(30_000, { sandbox, waiting: { afterMs: 20 } })
  const others = async () => {
    for (const id of ["a", "b", "c", "d", "e"]) await use(id, Math.random())
  }
  const stays = async () => {
    await others()
    expect(workspaces.get("w")).toBe(workspace)
  }
  workspace.audience.join({
    ...{ session: "s", user: "ada", name: "Ada", role: "owner", presence: {} },
    deliver: () => undefined,
    onRole: () => undefined,
  })
  await stays()
  workspace.audience.leave("s")

  const letGo = workspaces.hold("w")
  await stays()
  await workspace.commit({ submission: "p", cause, operations: [addPanel("waits", source)] })
  const grant = { kind: "panel_grant", panel: "waits", grant: "ask", granted: true } as const
  await workspace.commit({ submission: "g", cause, operations: [grant] })
  const run = workspace.trigger({ panel: "waits", handler: "wait", args: {}, trigger: "event", person: ADA })
  letGo()
  await stays()
  await expect.poll(() => workspace.waiting.questions()).toHaveLength(1)
  await stays()
  const [question] = await workspace.waiting.questions()
  await workspace.waiting.answer(question?.id ?? "", "yes", async () => undefined)
  expect(await run).toMatchObject({ status: "finished", value: "yes" })

  const write = workspace.commit({
    submission: "late",
    cause,
    operations: [{ kind: "entity_set", id: "w", name: "New" }],
  })
  expect(workspace.idle).toBe(false)
  await write
  expect(workspace.idle).toBe(true)
  await others()
  expect(workspaces.get("w")).toBeUndefined()
})

it("a workspace that is larger than all may be together is served, counted, and said so once", async () => {
  const { workspaces, use, notes } = await shortOfMemory(30_000)
  const large = await workspaces.create("large", "Large", ADA)
  const letGo = workspaces.hold("large")
  const text = "x".repeat(50_000)
  const concept = { id: "concept_1", kind: "concept", name: "Much", properties: { text }, scope: "large" } as const
  await large.commit({ submission: "much", cause, operations: [{ kind: "entity_add", entity: concept }] })
  expect(large.bytes).toBeGreaterThan(50_000)
  for (const id of ["a", "b", "c"]) await use(id, 1)
  expect(workspaces.metrics()).toMatchObject({ tooLarge: 1, mostBytes: 30_000 })
  expect(workspaces.get("large")).toBe(large)
  expect(notes.filter((note) => note.startsWith("a workspace is larger than all open ones"))).toHaveLength(1)
  letGo()
  await use("d", 1)
  await expect.poll(() => workspaces.metrics()).toMatchObject({ tooLarge: 0 })
  expect(workspaces.metrics().bytes).toBeLessThan(50_000)
  expect((await workspaces.open("large")).graph.entity("concept_1")?.properties).toEqual({ text })
})
