import { once } from "node:events"
import { mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { parseArgs } from "node:util"
import { createId } from "@nexus/protocol"
import { CrashClient } from "./crash-client.ts"
import { type Asked, check, newPanel, push, submission, WORKSPACE } from "./crash-load.ts"
import { type RunningKernel, startKernel } from "./crash-loop.ts"
import { generator } from "./disk/generator.ts"
import { createShim, type Shim } from "./disk/shim.ts"

/**
 * A disk that is full, and one whose syncs fail, under a whole kernel that people write to. While the disk takes nothing,
 * writing is refused with a clear failure, nobody is told that something was kept, and reading goes on, over the socket and
 * over HTTP; when it is well again the same process writes again by itself. What was refused is then asked again under its
 * old ref. At the end the kernel is killed and started anew: what was acknowledged is there, once.
 *
 *     node flows/full-disk.ts --rounds 20 --seed 1
 */
export interface DiskReport {
  readonly rounds: number
  readonly acknowledged: number
  readonly refused: number
  /** Acknowledged while every sync failed. */
  readonly falselyAcknowledged: number
  /** Reads that did not work while nothing could be written. */
  readonly unreadable: number
  readonly lost: number
  readonly duplicated: number
  /** The longest time from the end of a trouble to the next acknowledgement. */
  readonly recoveredMs: number
}

type Figures = { -readonly [figure in keyof DiskReport]: number }

const WITHIN_MS = 60_000

export async function fullDisk(options: {
  readonly rounds: number
  readonly seed: number
  readonly log?: (line: string) => void
}): Promise<DiskReport> {
  const random = generator(options.seed)
  const report: Figures = {
    rounds: 0,
    acknowledged: 0,
    refused: 0,
    falselyAcknowledged: 0,
    unreadable: 0,
    lost: 0,
    duplicated: 0,
    recoveredMs: 0,
  }
  const dataDir = realpathSync(mkdtempSync(join(tmpdir(), "nexus-full-")))
  const shim = createShim(dataDir, { record: false })
  try {
    const kernel = await startKernel(dataDir, shim.env)
    const panels = new Map<string, readonly Asked[]>()
    for (let round = 1; round <= options.rounds; round += 1) {
      const panel = `panel_round_${round}`
      panels.set(panel, await trouble(kernel, shim, panel, round % 2 === 0 ? "full" : "failing", random, report))
      report.rounds = round
      options.log?.(lineOf(report))
    }
    kernel.child.kill("SIGKILL")
    await once(kernel.child, "exit")
    const restarted = await startKernel(dataDir)
    const client = await CrashClient.connect(restarted.url, restarted.token, WORKSPACE)
    for (const [panel, asked] of panels) {
      const found = check(dataDir, panel, asked, await client.itemsOf(WORKSPACE, panel))
      report.lost += found.lost + found.gaps
      report.duplicated += found.duplicated
    }
    client.close()
    restarted.child.kill("SIGTERM")
    await once(restarted.child, "exit")
    return report
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** One trouble of the disk from its beginning to the first acknowledgement after it. */
async function trouble(
  kernel: RunningKernel,
  shim: Shim,
  panel: string,
  what: "full" | "failing",
  random: (below: number) => number,
  report: Figures,
): Promise<readonly Asked[]> {
  const client = await CrashClient.connect(kernel.url, kernel.token, WORKSPACE)
  await client.ask(submission([newPanel(panel)]))
  const asked: Asked[] = []
  for (let before = 0; before < 10; before += 1) await ask(client, panel, asked)

  shim.trouble(what)
  const refused = await until(async () => !(await ask(client, panel, asked)))
  if (!refused) throw new Error(`nothing was refused while the disk was ${what}`)
  for (let during = 0; during < 5 + random(20); during += 1) {
    const taken = await ask(client, panel, asked)
    if (taken && what === "failing") report.falselyAcknowledged += 1
  }
  report.unreadable += await unreadable(kernel, client, panel, asked)

  shim.trouble("none")
  const startedMs = performance.now()
  if (!(await until(() => ask(client, panel, asked)))) throw new Error("the kernel did not write again by itself")
  report.recoveredMs = Math.max(report.recoveredMs, Math.round(performance.now() - startedMs))
  report.acknowledged += asked.filter(({ seq }) => seq !== undefined).length
  for (const entry of asked.filter(({ seq }) => seq === undefined)) {
    report.refused += 1
    entry.seq = (await client.ask(entry.message)).seq
  }
  client.close()
  return asked
}

/** Was it taken? What is refused must say why. */
async function ask(client: CrashClient, panel: string, asked: Asked[]): Promise<boolean> {
  const id = createId("item")
  const entry: Asked = { id, message: submission([push(panel, id)]), seq: undefined }
  asked.push(entry)
  try {
    entry.seq = (await client.ask(entry.message)).seq
    return true
  } catch (error) {
    if (!/read-only/.test(String(error))) throw error
    return false
  }
}

/** How many of the ways to read do not work. */
async function unreadable(
  kernel: RunningKernel,
  client: CrashClient,
  panel: string,
  asked: readonly Asked[],
): Promise<number> {
  const items = new Set(await client.itemsOf(WORKSPACE, panel))
  const missing = asked.filter(({ id, seq }) => seq !== undefined && !items.has(id)).length
  const ways = ["/healthz", `/api/v1/panels/${panel}?workspace=${WORKSPACE}`]
  const answers = await Promise.all(
    ways.map((path) => fetch(kernel.url + path, { headers: { authorization: `Bearer ${kernel.token}` } })),
  )
  return missing + answers.filter(({ ok }) => !ok).length
}

async function until(done: () => Promise<boolean>): Promise<boolean> {
  for (const endMs = performance.now() + WITHIN_MS; performance.now() < endMs; ) {
    if (await done()) return true
    await wait(20)
  }
  return false
}

function lineOf(report: DiskReport): string {
  const { rounds, acknowledged, refused, falselyAcknowledged, unreadable, lost, duplicated, recoveredMs } = report
  return `${rounds} troubles of the disk: ${acknowledged} acknowledged, ${refused} refused and taken later, ${falselyAcknowledged} acknowledged falsely, ${unreadable} not readable, ${lost} lost, ${duplicated} duplicated, writable again within ${recoveredMs} ms`
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { rounds: { type: "string", default: "20" }, seed: { type: "string", default: "1" } },
  })
  const report = await fullDisk({ rounds: Number(values.rounds), seed: Number(values.seed), log: console.log })
  console.log(lineOf(report))
  const { falselyAcknowledged, unreadable, lost, duplicated } = report
  process.exitCode = falselyAcknowledged + unreadable + lost + duplicated === 0 ? 0 : 1
}
