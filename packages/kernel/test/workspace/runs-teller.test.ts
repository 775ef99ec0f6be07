import { decodeServerMessage, type ServerMessage } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest"
import { Audience } from "../../src/workspace/audience.ts"
import { RunsTeller } from "../../src/workspace/runs-teller.ts"
import { ADA, kernelWith, panel } from "../worlds.ts"

const PATIENT = { timeout: 15_000 }

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

/** Somebody who is there, and what they are told. */
function listening(audience: Audience): ServerMessage["kind"][] {
  const heard: ServerMessage["kind"][] = []
  const deliver = (bytes: Uint8Array) => heard.push(decodeServerMessage(bytes).kind)
  audience.join({ session: "s", user: "ada", name: "Ada", role: "owner", presence: {}, deliver, onRole: () => {} })
  heard.length = 0
  return heard
}

describe("RunsTeller", () => {
  it("tells at once, then once for everything within half a second, and falls silent with the last", () => {
    vi.useFakeTimers()
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const audience = new Audience("w")
    const heard = listening(audience)
    const teller = new RunsTeller(audience)
    for (let time = 0; time < 100; time += 1) teller.changed()
    expect(heard).toEqual(["runs_changed"])
    vi.advanceTimersByTime(499)
    expect(heard).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(heard).toHaveLength(2)
    vi.advanceTimersByTime(60_000)
    expect(heard).toHaveLength(2)
    teller.changed()
    expect(heard).toHaveLength(3)
    teller.changed()
    teller.close()
    vi.advanceTimersByTime(60_000)
    expect(heard).toHaveLength(3)
  })

  it("speaks when a question is asked, when it is answered, and when a run is cancelled", async () => {
    const asks = panel(
      "Asks",
      "",
      `<Capability type="ask" reason="Asks"/><Handler name="ask">return await nexus.ask("Ship it?")</Handler>`,
    )
    const { workspace, commit } = await kernelWith({
      sandbox,
      panels: { p: asks },
      waiting: { key: new Uint8Array(32) },
    })
    await commit({ kind: "panel_grant", panel: "p", grant: "ask", granted: true })
    const heard = listening(workspace.audience)
    const told = () => heard.filter((kind) => kind === "runs_changed").length
    const ask = () =>
      workspace
        .trigger({ panel: "p", handler: "ask", args: null, trigger: "event", person: ADA })
        .catch(() => undefined)
    ask()
    await expect.poll(told, PATIENT).toBe(1)
    const [{ id } = { id: "" }] = await workspace.waiting.questions()
    await workspace.waiting.answer(id, "yes", async () => undefined)
    await expect.poll(told, PATIENT).toBeGreaterThan(1)
    await expect.poll(() => workspace.waiting.list(), PATIENT).toEqual([])
    const before = told()
    ask()
    await expect.poll(() => workspace.waiting.questions(), PATIENT).toHaveLength(1)
    const [run] = await workspace.waiting.list()
    await workspace.waiting.cancel(run?.run ?? "", "Ada")
    await expect.poll(told, PATIENT).toBeGreaterThan(before)
  })
})
