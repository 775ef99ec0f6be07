import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { LIMITS, TIGHT } from "../acceptance/run-request.ts"
import type { EngineInstance } from "../src/engines/engine.ts"
import { v8 } from "../src/engines/v8.ts"
import { guestSource, recorderFile } from "../src/guest-source.ts"
import { engineFile } from "../src/quickjs.ts"
import { Runs, type RunsOptions } from "../src/runs.ts"

/** Runs in this thread, and every instance they made. */
function runsInThread(options: Pick<RunsOptions, "awake"> = {}): { runs: Runs; instances: EngineInstance[] } {
  const instances: EngineInstance[] = []
  const engine: typeof v8 = {
    name: "v8",
    compile: (bytes) => {
      const module = v8.compile(bytes)
      return {
        instantiate: (imports) => {
          const instance = module.instantiate(imports)
          instances.push(instance)
          return instance
        },
      }
    },
  }
  const wasm = readFileSync(engineFile())
  const prelude = guestSource(recorderFile())
  return {
    runs: new Runs({ engine, wasm, prelude, instances: 2, cpuClock: () => performance.now(), ...options }),
    instances,
  }
}

const { runs, instances } = runsInThread()
let ids = 0

function start(source: string, tenant = "t1", limits = LIMITS) {
  ids += 1
  const input = JSON.stringify({
    state: { secret: "" },
    args: {},
    computed: {},
    imports: {},
    nowMs: 1,
    seed: 1,
    effectBytes: limits.effectBytes,
    hostCalls: limits.hostCalls,
  })
  return runs.start({ id: `r${ids}`, tenant, handler: "act", line: 1, source, input, nowMs: 1, limits })
}

function holding(text: string): number {
  return instances.filter((instance) => Buffer.from(instance.bytes().buffer).includes(text)).length
}

describe("waiting runs of one thread", () => {
  const waiting = (awake: number) => {
    const { runs } = runsInThread({ awake })
    const input = JSON.stringify({ state: {}, args: {}, nowMs: 1, seed: 1, effectBytes: 1e4, hostCalls: 9 })
    const ids = Array.from({ length: 12 }, (_, index) => `w${index}`)
    for (const [index, id] of ids.entries()) {
      const source = `const kept = { n: ${index} }\nawait nexus.sleep(1)\nreturn kept.n`
      const request = { id, tenant: "t", handler: "act", line: 1, source, input, nowMs: 1, limits: LIMITS }
      expect(runs.start(request).status).toBe("waiting")
    }
    const answer = JSON.stringify({ state: {}, nowMs: 2, replies: [{ id: 1, value: null }] })
    return { runs, ids, resume: (id: string) => runs.resume(id, answer, 2)?.value }
  }

  it("go on the same with and without an instance of their own", () => {
    const { runs, ids, resume } = waiting(3)
    expect(runs.waiting).toBe(12)
    expect(runs.suspend("w0")?.pages.length).toBeGreaterThan(0)
    runs.discard("w1")
    expect(ids.toReversed().map(resume)).toEqual(ids.toReversed().map((id) => (id === "w1" ? undefined : id.slice(1))))
    expect(runs.waiting).toBe(0)
  })
})

describe("the machines of one thread", () => {
  it("keep no byte of one tenant when another's run begins", () => {
    const spell = "return 'cor' + 'al' + '-' + [7, 7, 7].join('')"
    expect(start(spell, "t1").value).toBe('"coral-777"')
    expect(holding("coral-777")).toBe(1)
    start("return 1", "t2")
    expect(holding("coral-777")).toBe(0)
  })

  it("are used again after a clean run and an interrupted one", () => {
    start("return 1")
    const made = instances.length
    for (let index = 0; index < 50; index += 1) start(`return ${index}`)
    start("for(;;){}", "t1", { ...LIMITS, cpuMs: 10 })
    start("throw 1")
    expect(instances.length).toBe(made)
    expect(start("return 2").value).toBe("2")
  })

  it("are dropped once their memory grew", () => {
    const before = instances.length
    expect(start("return new ArrayBuffer(30e6).byteLength").value).toBe("30000000")
    start("return 1")
    start("return 1")
    expect(start("return 3").value).toBe("3")
    expect(instances.length).toBeGreaterThan(before - 1)
    expect(start("return 1").memoryBytes).toBeLessThan(10e6)
  })

  it("never hold more than the memory limit", () => {
    const result = start("const a = []; for(;;) a.push(new ArrayBuffer(1e5))", "t1", { ...TIGHT, cpuMs: 5000 })
    expect(result.failure).toMatchObject({ code: "handler-memory", limitBytes: TIGHT.memoryBytes })
    expect(result.memoryBytes).toBeLessThanOrEqual(TIGHT.memoryBytes)
  })
})
