import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { parseArgs } from "node:util"
import { createId, type Operation } from "@nexus/protocol"
import { CrashClient } from "./crash-client.ts"
import { type RunningKernel, startKernel } from "./crash-loop.ts"

/**
 * A kernel in a process of its own runs handlers that write, sleep, work and write again; it is killed with SIGKILL while
 * they wait, while they work, or while many of them settle at once, and is started again on the same folder. Then each
 * run that was acknowledged, as waiting or as finished, must have written both its words once; a run that nobody
 * acknowledged is asked again under its old ref, and must have written them once as well.
 *
 *     node flows/crash-waiting.ts --rounds 20 --seed 1
 */
export const MOMENTS = ["wait", "run", "settle"] as const
export type Moment = (typeof MOMENTS)[number]

export interface WaitingReport {
  readonly rounds: number
  /** Runs that the kernel said wait, or are over, before it was killed. */
  readonly acknowledged: number
  /** Asked again after the restart because no answer had come. */
  readonly repeated: number
  /** Runs that did not write both their words. */
  readonly unfinished: number
  /** Words that stand there twice. */
  readonly twice: number
}

const WORKSPACE = "home"
const RUNS = 24
const WITHIN_MS = 90_000
/** Grows with the moment: how long a run sleeps, how much it works, and when the kernel is killed behind the clicks. */
const PLAN: { readonly [moment in Moment]: { sleepMs: number; work: number; killMs: (random: number) => number } } = {
  wait: { sleepMs: 4000, work: 0, killMs: (random) => random * 300 },
  run: { sleepMs: 20, work: 300_000, killMs: (random) => random * 40 },
  settle: { sleepMs: 2500, work: 20_000, killMs: (random) => 2400 + random * 500 },
}

interface Asked {
  readonly id: string
  readonly message: Parameters<CrashClient["ask"]>[0]
  answered: boolean
}

export async function crashWaiting(options: {
  readonly moment: Moment
  readonly rounds: number
  readonly seed: number
  readonly log?: (line: string) => void
}): Promise<WaitingReport> {
  const { moment, rounds, seed, log } = options
  const random = seeded(seed)
  const dataDir = await mkdtemp(join(tmpdir(), "nexus-crash-"))
  const report = { rounds: 0, acknowledged: 0, repeated: 0, unfinished: 0, twice: 0 }
  try {
    let kernel = await startKernel(dataDir)
    for (let round = 1; round <= rounds; round += 1) {
      const panel = `panel_${moment}_${round}`
      const client = await connect(kernel)
      for (const operations of [[newPanel(panel)], [grantTime(panel)]]) await client.ask(submission(operations))
      const asked = Array.from({ length: RUNS }, () => click(panel, PLAN[moment]))
      const answers = asked.map(async (entry) => {
        try {
          await client.ask(entry.message)
          entry.answered = true
        } catch (error) {
          if (!client.broken) throw error
        }
      })
      const answered = Promise.all(answers)
      // While they work some are answered, and others are in the middle of it.
      const enough = moment === "run" ? random() * RUNS : RUNS
      while (asked.filter((entry) => entry.answered).length < enough) await wait(1)
      await wait(PLAN[moment].killMs(random()))
      kernel.child.kill("SIGKILL")
      await once(kernel.child, "exit")
      await answered

      kernel = await startKernel(dataDir)
      const again = await connect(kernel)
      const open = asked.filter(({ answered }) => !answered)
      await Promise.all(open.map(({ message }) => again.ask(message)))
      const words = await settled(again, panel, asked)
      again.close()
      const times = asked.flatMap(({ id }) => [`${id}.begun`, `${id}.done`].map((word) => count(words, word)))
      report.rounds = round
      report.acknowledged += RUNS - open.length
      report.repeated += open.length
      report.unfinished += times.filter((each) => each === 0).length
      report.twice += times.filter((each) => each > 1).length
      log?.(`${moment} ${round}: ${RUNS - open.length} acknowledged, ${open.length} asked again, ${words.length} words`)
    }
    kernel.child.kill("SIGTERM")
    await once(kernel.child, "exit")
    return report
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

function connect({ url, token }: RunningKernel): Promise<CrashClient> {
  return CrashClient.connect(url, token, WORKSPACE)
}

/** The words on the panel when every run has written its last, or when that takes too long; and a moment later still. */
async function settled(client: CrashClient, panel: string, asked: readonly Asked[]): Promise<string[]> {
  const end = performance.now() + WITHIN_MS
  for (;;) {
    const words = await client.itemsOf(WORKSPACE, panel)
    if (asked.every(({ id }) => words.includes(`${id}.done`)) || performance.now() > end) break
    await wait(100)
  }
  // What would be written a second time comes soon after the first.
  await wait(300)
  return client.itemsOf(WORKSPACE, panel)
}

function count(words: readonly string[], word: string): number {
  return words.filter((each) => each === word).length
}

function click(panel: string, { sleepMs, work }: { sleepMs: number; work: number }): Asked {
  const id = createId("item")
  const args = { id, sleepMs, work }
  const ref = createId("ref")
  return {
    id,
    message: { kind: "handler_trigger", workspace: WORKSPACE, panel, handler: "brew", args, ref },
    answered: false,
  }
}

function submission(operations: Operation[]): Parameters<CrashClient["ask"]>[0] {
  const ref = createId("ref")
  return { kind: "operations_submit", workspace: WORKSPACE, base: 0, operations, reason: "crash loop", ref }
}

function grantTime(panel: string): Operation {
  return { kind: "panel_grant", panel, grant: "time", granted: true }
}

function newPanel(id: string): Operation {
  const source = `<NexusPanel title="${id}" version="1.0.0">
    <Data><State name="items" type="list"/></Data>
    <Logic>
      <Capability type="time" reason="Waits"/>
      <Handler name="brew"><![CDATA[
        const work = (steps) => { let sum = 0; while (steps-- > 0) sum += steps; return sum }
        work($args.work)
        $state.items.push({ id: $args.id + ".begun" })
        await nexus.sleep($args.sleepMs)
        work($args.work)
        $state.items.push({ id: $args.id + ".done" })
      ]]></Handler>
    </Logic>
    <View><Metric label="Items" value="{$state.items.length}"/></View>
  </NexusPanel>`
  const properties = { source, title: id, frame: { x: 0, y: 0, w: 300, h: 200 }, state: {}, grants: [] }
  return { kind: "entity_add", entity: { id, kind: "panel", name: id, scope: WORKSPACE, properties } }
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { rounds: { type: "string", default: "20" }, seed: { type: "string", default: "1" } },
  })
  for (const moment of MOMENTS) {
    const report = await crashWaiting({
      moment,
      rounds: Number(values.rounds),
      seed: Number(values.seed),
      log: console.log,
    })
    console.log(moment, JSON.stringify(report))
    if (report.unfinished + report.twice > 0) process.exitCode = 1
  }
}
