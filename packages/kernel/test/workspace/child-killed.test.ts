import { readdirSync, readFileSync } from "node:fs"
import { setTimeout as wait } from "node:timers/promises"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, expect, it } from "vitest"
import { ADA, kernelWith, panel } from "../worlds.ts"

const RUNS = 200
const PANELS = 20
const PROCESSES = 2
const KILLS = 4
const SEEDS = [1, 2, 3]

let sandbox: Sandbox
/** Those of whoever shares this process: a file that ran before may still be ending its own. */
let others: ReadonlySet<number>
beforeAll(async () => {
  others = new Set(sandboxProcesses())
  sandbox = await createSandbox({ processes: PROCESSES })
})
afterAll(() => sandbox.close())

/** Works for a moment, so that a kill finds somebody at it. */
const WORKING = panel(
  "Working",
  '<State name="done" type="list"/>',
  `<Handler name="work"><![CDATA[
     let sum = 0
     for (let step = 0; step < 200000; step++) sum += step % 7
     $state.done.push($args.n)
     return { n: $args.n, sum }
   ]]></Handler>`,
)

/** The processes of this file's sandbox. */
const ownProcesses = (): number[] => sandboxProcesses().filter((pid) => !others.has(pid))

/** The sandbox processes that this one started. */
function sandboxProcesses(): number[] {
  const threads = readdirSync(`/proc/${process.pid}/task`)
  const children = threads.flatMap((thread) =>
    readFileSync(`/proc/${process.pid}/task/${thread}/children`, "utf8").trim().split(" ").filter(Boolean),
  )
  return children.map(Number).filter((pid) => commandOf(pid).includes("nexus-sandbox/"))
}

/** Empty for a process that is gone by now. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8")
  } catch {
    return ""
  }
}

it.each(SEEDS)(
  "a sandbox process that is killed fails the run that it held, and nobody else's (seed %i)",
  { timeout: 120_000 },
  async (seed) => {
    const random = seeded(seed)
    const panels = Object.fromEntries([...Array(PANELS).keys()].map((index) => [`p${index}`, WORKING]))
    const { workspace } = await kernelWith({ sandbox, panels })
    let ended = 0
    const runs = [...Array(RUNS).keys()].map(async (n) => {
      const id = `p${n % PANELS}`
      const result = await workspace.trigger({ panel: id, handler: "work", args: { n }, trigger: "event", person: ADA })
      ended += 1
      return { n, id, result }
    })
    let kills = 0
    for (let least = 0; kills < KILLS && ended < RUNS; ) {
      await wait(random() * 40)
      // Between two kills somebody ends well: the queue goes on, and a process that only starts is killed elsewhere.
      if (ended < least || sandbox.metrics().running === 0) continue
      least = ended + 5 + random() * 30
      const alive = ownProcesses()
      const victim = alive[Math.floor(random() * alive.length)]
      if (victim === undefined) continue
      process.kill(victim, "SIGKILL")
      kills += 1
    }
    const all = await Promise.all(runs)
    const failed = all.filter(({ result }) => result.status === "failed")
    for (const { result } of failed) expect(result.failure).toMatchObject({ code: "sandbox-crashed" })
    expect(kills).toBe(KILLS)
    expect(failed.length, `${kills} kills`).toBeLessThanOrEqual(kills)
    const sum = [...Array(200_000).keys()].reduce((total, step) => total + (step % 7), 0)
    for (const { n, id, result } of all) {
      const done = workspace.graph.panel(id)?.properties.state.done
      const times = Array.isArray(done) ? done.filter((each) => each === n).length : 0
      expect(times, `run ${n}`).toBe(result.status === "finished" ? 1 : 0)
      if (result.status === "finished") expect(result.value).toEqual({ n, sum })
    }
    await expect.poll(() => sandbox.metrics().processes, { timeout: 20_000 }).toBe(PROCESSES)
    await expect.poll(ownProcesses, { timeout: 20_000 }).toHaveLength(PROCESSES)
    const after = await workspace.trigger({
      panel: "p0",
      handler: "work",
      args: { n: -1 },
      trigger: "event",
      person: ADA,
    })
    expect(after).toMatchObject({ status: "finished", value: { n: -1 } })
  },
)

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
