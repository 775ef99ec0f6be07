import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { parseArgs } from "node:util"
import { generator } from "./disk/generator.ts"
import { Platter } from "./disk/platter.ts"
import { Promises } from "./disk/promises.ts"
import { readRecord } from "./disk/record.ts"
import { createShim, type Shim } from "./disk/shim.ts"

/**
 * What was acknowledged survives a power cut. The real journal writes in a process of its own, behind a shim that keeps a
 * record of what it did to its files; now and then the disk is full, its syncs fail, or the process is killed and goes on
 * with what the system's memory holds. Then the power is cut, at the end or at a moment before: what was synced is left,
 * and of what was not a random part. The journal is opened on that; every acknowledged change, snapshot and value must be
 * there, once, and without a gap. It goes on with what is left, and asks again what was not answered.
 *
 * The control is the same journal with `synchronous=NORMAL`. It must lose, or the cuts prove nothing.
 *
 *     node flows/power-cuts.ts --rounds 300 --seed 1
 */
export interface CutReport {
  readonly rounds: number
  readonly acknowledged: number
  /** Asked again because no answer had come. */
  readonly repeated: number
  readonly lost: number
  readonly duplicated: number
  readonly damaged: readonly string[]
}

type Random = (below: number) => number

const CUTS_OF_A_RUN = 3
/** Beginning anew keeps the files small, and lets the power go while they are made. */
const RUNS_OF_A_FOLDER = 5

export async function powerCuts(options: {
  readonly rounds: number
  readonly seed: number
  readonly control?: boolean
  readonly log?: (line: string) => void
}): Promise<CutReport> {
  const random = generator(options.seed)
  const report = { rounds: 0, acknowledged: 0, repeated: 0, lost: 0, duplicated: 0, damaged: [] as string[] }
  const place = realpathSync(mkdtempSync(join(tmpdir(), "nexus-cuts-")))
  try {
    for (let run = 0, folder = "", promises = new Promises(); report.rounds < options.rounds; run += 1) {
      if (run % RUNS_OF_A_FOLDER === 0) {
        folder = emptyFolder(place, `anew-${run}`)
        promises = new Promises()
      }
      const before = promises.acknowledged
      const platter = new Platter(folder, random)
      const shim = createShim(folder, { record: true })
      report.repeated += promises.open.length
      await live(folder, shim, promises, { ...options, random, life: options.seed * 10_000 + run * 10 })

      const record = readRecord(shim.recordPath)
      const moments = Array.from({ length: CUTS_OF_A_RUN }, (_, cut) =>
        cut === 0 ? record.length : random(record.length),
      )
      const cuts = new Set(moments.sort((a, b) => a - b))
      const left = emptyFolder(place, `left-${run}`)
      for (const [at, done] of [...record, undefined].entries()) {
        if (cuts.has(at) && report.rounds < options.rounds) {
          rmSync(left, { recursive: true })
          platter.cut(emptyFolder(place, `left-${run}`))
          const found = await promises.check(left)
          report.rounds += 1
          report.lost += found.lost
          report.duplicated += found.duplicated
          report.damaged.push(...found.damaged.map((what) => `round ${report.rounds}: ${what}`))
          if (report.rounds % 25 === 0) options.log?.(lineOf(report))
        }
        if (done?.kind === "said") promises.said(done.text)
        else if (done) platter.happened(done)
      }
      report.acknowledged += promises.acknowledged - before
      rmSync(folder, { recursive: true })
      rmSync(join(shim.recordPath, ".."), { recursive: true })
      folder = left
      // What was promised and is gone has been counted; a control would count it at every cut from now on.
      if (options.control) run += RUNS_OF_A_FOLDER - 1 - (run % RUNS_OF_A_FOLDER)
    }
    return report
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** One power-up: the program writes, perhaps with trouble, perhaps killed and started again, and is killed at its end. */
async function live(
  folder: string,
  shim: Shim,
  promises: Promises,
  { control = false, random, life }: { control?: boolean; random: Random; life: number },
): Promise<void> {
  const starts = 1 + (random(3) === 0 ? 1 : 0)
  let open = promises.open
  for (let start = 0; start < starts; start += 1) {
    const child = await startLoad(folder, shim, life + start, open, control)
    await wait(40 + random(260))
    if (!control && random(3) === 0) {
      shim.trouble(random(2) === 0 ? "failing" : "full")
      await wait(10 + random(60))
      if (random(3) > 0) shim.trouble("none")
      await wait(random(100))
    }
    if (child.exitCode !== null) throw new Error(`the journal's program ended by itself with ${child.exitCode}`)
    child.kill("SIGKILL")
    await once(child, "exit")
    shim.trouble("none")
    open = openAfter(shim, promises)
  }
}

/** What stands open once everything that was said so far is heard. */
function openAfter(shim: Shim, promises: Promises): readonly string[] {
  const heard = new Promises()
  for (const entry of promises.open) heard.said(`ask ${entry}`)
  for (const done of readRecord(shim.recordPath)) if (done.kind === "said") heard.said(done.text)
  return heard.open
}

async function startLoad(
  folder: string,
  shim: Shim,
  life: number,
  open: readonly string[],
  control: boolean,
): Promise<ChildProcess> {
  const [program, weaken] = ["disk/journal-load.ts", "disk/weaken.ts"].map((name) => new URL(name, import.meta.url))
  if (!program || !weaken) throw new Error("there are two files")
  const child = spawn(
    process.execPath,
    [
      ...(control ? ["--import", weaken.href] : []),
      program.pathname,
      join(folder, "journal.sqlite"),
      shim.recordPath,
      String(life),
      JSON.stringify(open),
    ],
    { env: { PATH: process.env.PATH, ...shim.env }, stdio: ["ignore", "pipe", "inherit"] },
  )
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the journal's program ended with ${code} before it was ready`)
  })
  ended.catch(() => undefined)
  await Promise.race([once(child.stdout, "data"), ended])
  return child
}

function emptyFolder(place: string, name: string): string {
  const path = join(place, name)
  mkdirSync(path)
  return path
}

function lineOf({ rounds, acknowledged, lost, duplicated, damaged }: CutReport): string {
  return `${rounds} power cuts: ${acknowledged} acknowledged, ${lost} lost, ${duplicated} duplicated, ${damaged.length} damaged`
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "300" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      control: { type: "string", default: "30" },
    },
  })
  const seed = Number(values.seed)
  const report = await powerCuts({ rounds: Number(values.rounds), seed, log: console.log })
  for (const what of report.damaged) console.log(what)
  const control = await powerCuts({ rounds: Number(values.control), seed, control: true })
  console.log(`${lineOf(report)}, ${report.repeated} asked again (seed ${seed})`)
  console.log(`control with synchronous=NORMAL, ${lineOf(control)}`)
  const held = report.lost + report.duplicated + report.damaged.length === 0
  if (control.lost === 0) console.log("The control lost nothing: these cuts prove nothing.")
  process.exitCode = held && control.lost > 0 ? 0 : 1
}
