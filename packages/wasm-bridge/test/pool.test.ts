import { setTimeout as delay } from "node:timers/promises"
import { describe, expect, it, onTestFinished } from "vitest"
import { describeOutcome, LIMITS, runRequest } from "../acceptance/run-request.ts"
import { Pool } from "../src/pool.ts"
import { v8Process } from "../src/process-type.ts"
import { SandboxProcess } from "../src/sandbox-process.ts"

/** A pool of real processes. */
async function poolOf(least: number, most: number, idleMs?: number): Promise<Pool> {
  const pool = new Pool({
    size: { least, most },
    hasRoom: () => true,
    ...(idleMs ? { idleMs } : {}),
    log: () => {},
    start: (events) => new SandboxProcess(v8Process(), 2, () => {}, events),
  })
  onTestFinished(() => pool.close())
  await pool.ready()
  return pool
}

/** Seconds of work; how many, the machine says, and so it does for the start of a process. */
const LONG = "let n = 0\nfor (let i = 0; i < 6e7; i++) n += i\nreturn n > 0"
const PATIENT = { limits: { ...LIMITS, cpuMs: 60_000 } }

describe("a pool", { timeout: 60_000 }, () => {
  it("keeps a process for others when a tenant's runs are not known to be short", async () => {
    const pool = await poolOf(2, 2)
    let ended = 0
    const flood = Array.from({ length: 6 }, async () => {
      await pool.run(runRequest(LONG, { tenant: "flood", ...PATIENT }))
      ended += 1
    })
    await delay(100)
    for (let index = 0; index < 20; index += 1) {
      const outcome = await pool.run(runRequest("return $args.a", { tenant: `quiet_${index}` }))
      expect(outcome, describeOutcome(outcome)).toMatchObject({ status: "finished", value: 1 })
    }
    expect(ended).toBe(0)
    expect(pool.metrics()).toMatchObject({ busy: 1, queued: 5 })
    await pool.close()
    await Promise.all(flood)
  })

  it("grows while long runs hold its processes, and shrinks when they are over", async () => {
    const pool = await poolOf(1, 2, 300)
    const loop = pool.run(runRequest(LONG, { tenant: "a", ...PATIENT }))
    await expect.poll(() => pool.metrics().processes, { timeout: 20_000 }).toBe(2)
    expect(await pool.run(runRequest("return 2", { tenant: "b" }))).toMatchObject({ value: 2 })
    expect(pool.metrics()).toMatchObject({ most: 2, busy: 1 })
    expect(await loop).toMatchObject({ status: "finished", value: true })
    await expect.poll(() => pool.metrics().processes, { timeout: 20_000 }).toBe(1)
    expect(await pool.run(runRequest("return 3"))).toMatchObject({ value: 3 })
  })

  it("does not end a process in which a run waits", async () => {
    const pool = await poolOf(1, 2, 200)
    const loop = pool.run(runRequest(LONG, { tenant: "a", ...PATIENT }))
    await expect.poll(() => pool.metrics().processes, { timeout: 20_000 }).toBe(2)
    const waiting = runRequest("await nexus.sleep(1)\nreturn 'still here'", { tenant: "b" })
    expect((await pool.run(waiting)).status).toBe("waiting")
    await loop
    await delay(1000)
    const { id, input } = waiting
    expect(await pool.resume({ id, replies: [{ id: 1, value: null }], input })).toMatchObject({ value: "still here" })
  })
})
