import type { Operation } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Listener } from "../../src/workspace/audience.ts"
import { ADA, COUNTER, kernelWith, panel } from "../worlds.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const IDLE = { idleMs: 60 }
const set = (value: number): Operation => ({ kind: "state_set", panel: "p", path: ["count"], value })
const listener: Listener = {
  session: "s",
  user: "ada",
  name: "Ada",
  role: "owner",
  presence: {},
  deliver: () => undefined,
  onRole: () => undefined,
}

test("a workspace that nobody asks for is closed with a snapshot, and opens as it was", async () => {
  const { workspaces, workspace, journal } = await kernelWith({ ...IDLE, panels: { p: COUNTER } })
  const { seq } = workspace
  await expect.poll(() => journal.loadSnapshot("w")).toMatchObject({ seq })
  expect(workspace.graph.panel("p")).toBeDefined()
  const again = await workspaces.open("w")
  expect(again).not.toBe(workspace)
  expect([again.seq, again.graph.toSnapshot()]).toEqual([seq, workspace.graph.toSnapshot()])
})

test("it stays open while somebody is there, something runs, or a schedule waits", async () => {
  const busy = panel(
    "Busy",
    '<State name="n" type="number"/>',
    `<Capability type="time" reason="Waits"/><Handler name="wait">await nexus.sleep(400); $state.n += 1</Handler>
     <Lifecycle on="schedule" every="1h" run="wait"/>`,
  )
  const { workspaces, workspace, commit } = await kernelWith({ ...IDLE, sandbox, panels: { p: busy } })
  workspace.audience.join(listener)
  expect(workspace.idle).toBe(false)
  await commit({ kind: "panel_grant", panel: "p", grant: "time", granted: true })
  workspace.audience.leave("s")
  expect(workspace.idle).toBe(false)
  const source = busy.replace(/<Lifecycle.*\/>/, "")
  const run = workspace.trigger({ panel: "p", handler: "wait", args: {}, trigger: "event", person: ADA })
  await commit({ kind: "panel_source", panel: "p", source, title: "Busy" })
  expect(workspace.idle).toBe(false)
  expect(await run).toMatchObject({ status: "finished" })
  expect(workspace.idle).toBe(true)
  const unknown = { panel: "p", handler: "none", args: {}, trigger: "event", person: ADA } as const
  await expect.poll(() => workspace.trigger(unknown).catch(({ failure }) => failure.detail)).toBe("it is closing")
  expect(await workspaces.open("w")).not.toBe(workspace)
})

test("changes made while workspaces close and open again are all there, and none twice", async () => {
  const { workspaces, journal, notes } = await kernelWith({ idleMs: 1, panels: { p: COUNTER } })
  let refused = 0
  for (let value = 1; value <= 40; value += 1) {
    const cause = { actor: ADA, reason: "a test" }
    // Who kept it too long is told, and asks anew under the same id.
    for (let done = false, tries = 0; !done; tries += 1) {
      const workspace = await workspaces.open("w")
      if (value % 3 === 0 && tries === 0) await new Promise((resolve) => setTimeout(resolve, 3))
      done = await workspace.commit({ submission: `v${value}`, cause, operations: [set(value)] }).then(
        () => true,
        () => ++refused < 0,
      )
    }
  }
  const changes = await journal.changes("w", 0, 1000)
  expect(changes.map(({ seq }) => seq)).toEqual(changes.map((_, index) => index + 1))
  expect(changes.filter(({ submission }) => submission.startsWith("v"))).toHaveLength(40)
  expect((await workspaces.open("w")).graph.panel("p")?.properties.state).toEqual({ count: 40 })
  expect(notes).toEqual([])
})
