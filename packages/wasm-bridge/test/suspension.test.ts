import { readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { LIMITS } from "../acceptance/run-request.ts"
import { waitingRunsCanBeTakenElsewhere } from "../acceptance/suspension-contract.ts"
import { v8 } from "../src/engines/v8.ts"
import { guestSource, recorderFile } from "../src/guest-source.ts"
import { createSandbox, type Sandbox } from "../src/index.ts"
import { type KeptRequest, openRun, sealRun } from "../src/kept-run.ts"
import { engineFile } from "../src/quickjs.ts"
import { Runs } from "../src/runs.ts"
import { decodeMemory, encodeMemory } from "../src/suspended-memory.ts"

let here: Sandbox
let there: Sandbox
beforeAll(async () => {
  here = await createSandbox({ processes: 1 })
  there = await createSandbox({ processes: 1 })
})
afterAll(() => Promise.all([here.close(), there.close()]))

waitingRunsCanBeTakenElsewhere(
  () => here,
  () => there,
)

describe("a kept run of another version", () => {
  const key = new Uint8Array(32)
  const request: KeptRequest = { panel: "p", tenant: "t", handler: "act", source: "", line: 1, limits: LIMITS }
  const threadWith = (prelude: string) =>
    new Runs({ engine: v8, wasm: readFileSync(engineFile()), prelude, instances: 1, cpuClock: () => performance.now() })

  it("is refused when another prelude made the image", () => {
    const prelude = guestSource(recorderFile())
    const before = threadWith(prelude)
    const after = threadWith(prelude.replace("changed while the handler", "differs since the handler"))
    const input = JSON.stringify({ state: {}, args: {}, nowMs: 1, seed: 1, effectBytes: 9, hostCalls: 9 })
    const { limits } = request
    before.start({ ...request, id: "r", source: "await nexus.sleep(5)", input, nowMs: 1, limits })
    const suspended = before.suspend("r")
    if (!suspended) throw new Error("it did not wait")
    const memory = encodeMemory(suspended, suspended.image)
    expect(decodeMemory(memory, before.image(limits.memoryBytes))).toBeDefined()
    expect(decodeMemory(memory, after.image(limits.memoryBytes))).toBeUndefined()
  })

  it("is told apart from a forged one", async () => {
    const sealed = await sealRun(request, new Uint8Array(3), key)
    expect(await openRun(sealed, key)).toMatchObject({ ok: true, request, memory: new Uint8Array(3) })
    expect(await openRun(sealed, new Uint8Array(32).fill(1))).toMatchObject({ failure: { code: "invalid-input" } })
  })
})
