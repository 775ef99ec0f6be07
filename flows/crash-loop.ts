import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as wait } from "node:timers/promises"
import { parseArgs } from "node:util"
import { CrashClient } from "./crash-client.ts"
import { check, load, newPanel, submission, WORKSPACE } from "./crash-load.ts"

/**
 * What was acknowledged survives `kill -9`. A kernel in a process of its own takes submissions and clicks from several
 * sockets, is killed at a random moment, and is started again on the same folder. Then every acknowledged change must be
 * in the journal once, under the seq that was told, with no gap before it, and every item it added must be in the graph
 * once. What was asked and not answered is asked again under its old ref, as a client does, and must also end up there
 * once.
 *
 *     node flows/crash-loop.ts --rounds 50
 *     node flows/crash-loop.ts --rounds 1000 --core
 */
export interface CrashReport {
  readonly rounds: number
  readonly acknowledged: number
  /** Asked again after the restart because no answer had come. */
  readonly repeated: number
  readonly lost: number
  readonly duplicated: number
  readonly gaps: number
}

const CLIENTS = 4
const ASKED_TWICE = 20
/** Then another folder: what is checked does not grow with the rounds, and first starts are killed as well. */
const ROUNDS_OF_A_FOLDER = 25

export async function crashLoop(options: {
  readonly rounds: number
  /** The core of a kernel alone, which starts in no time: workspaces, sockets and journal. */
  readonly core?: boolean
  readonly log?: (line: string) => void
}): Promise<CrashReport> {
  const report = { rounds: 0, acknowledged: 0, repeated: 0, lost: 0, duplicated: 0, gaps: 0 }
  const startedMs = performance.now()
  const start = options.core ? startCore : startKernel
  while (report.rounds < options.rounds) {
    const dataDir = await mkdtemp(join(tmpdir(), "nexus-crash-"))
    try {
      let kernel = await start(dataDir)
      const last = Math.min(options.rounds, report.rounds + ROUNDS_OF_A_FOLDER)
      while (report.rounds < last) kernel = await crashOnce(kernel, dataDir, report, start)
      kernel.child.kill("SIGTERM")
      await once(kernel.child, "exit")
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(0)
    options.log?.(`${lineOf(report)} in ${seconds} s`)
  }
  return report
}

/** Load, SIGKILL, a start on the same folder, and what was not answered asked again; gives back the kernel that runs then. */
async function crashOnce(
  kernel: RunningKernel,
  dataDir: string,
  report: { -readonly [figure in keyof CrashReport]: number },
  start: (dataDir: string) => Promise<RunningKernel>,
): Promise<RunningKernel> {
  report.rounds += 1
  const panel = `panel_round_${report.rounds}`
  const clients = await connectAll(kernel)
  await clients[0]?.ask(submission([newPanel(panel)]))
  const loads = clients.map((client) => load(client, panel))
  await wait(60 + Math.random() * 500)
  kernel.child.kill("SIGKILL")
  await once(kernel.child, "exit")
  const asked = (await Promise.all(loads)).flat()

  const restarted = await start(dataDir)
  const again = await CrashClient.connect(restarted.url, restarted.token, WORKSPACE)
  const open = asked.filter(({ seq }) => seq === undefined)
  for (const entry of open) entry.seq = (await again.ask(entry.message)).seq
  // An answered one that is asked once more gets the same answer.
  for (const { message, seq } of asked.slice(0, ASKED_TWICE)) {
    if (message.kind === "operations_submit" && (await again.ask(message)).seq !== seq) report.duplicated += 1
  }
  const found = check(dataDir, panel, asked, await again.itemsOf(WORKSPACE, panel))
  again.close()
  report.acknowledged += asked.length - open.length
  report.repeated += open.length
  report.lost += found.lost
  report.duplicated += found.duplicated
  report.gaps += found.gaps
  return restarted
}

function lineOf({ rounds, acknowledged, repeated, lost, duplicated, gaps }: CrashReport): string {
  return `${rounds} × kill -9: ${acknowledged} acknowledged, ${repeated} asked again, ${lost} lost, ${duplicated} duplicated, ${gaps} gaps in seq`
}

export interface RunningKernel {
  readonly child: ChildProcess
  readonly url: string
  readonly token: string
}

/** A kernel in a process of its own, on that folder; `more` are settings that differ. */
export function startKernel(dataDir: string, more: NodeJS.ProcessEnv = {}): Promise<RunningKernel> {
  return startProgram("../packages/kernel/src/main.ts", {
    NEXUS_DATA: dataDir,
    NEXUS_PORT: "0",
    NEXUS_TRILOG: "journal",
    NEXUS_SANDBOX_PROCESSES: "1",
    NEXUS_MESSAGES_PER_SECOND: "100000",
    ...more,
  })
}

function startCore(dataDir: string): Promise<RunningKernel> {
  return startProgram("../packages/kernel/fuzz/network/serve.ts", { NEXUS_DATA: dataDir })
}

async function startProgram(program: string, env: NodeJS.ProcessEnv): Promise<RunningKernel> {
  const child = spawn(process.execPath, [new URL(program, import.meta.url).pathname], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: join(tmpdir(), "nexus-crash-compiled"), ...env },
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const { url, token }: { url: string; token: string } = JSON.parse(line)
    return { child, url, token }
  }
  throw new Error(`the kernel ended before it was ready (exit ${child.exitCode})`)
}

function connectAll({ url, token }: RunningKernel): Promise<CrashClient[]> {
  return Promise.all(Array.from({ length: CLIENTS }, () => CrashClient.connect(url, token, WORKSPACE)))
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "50" },
      core: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
    },
  })
  const { core, quiet } = values
  const report = await crashLoop({ rounds: Number(values.rounds), core, ...(quiet ? {} : { log: console.log }) })
  console.log(lineOf(report))
  process.exitCode = report.lost + report.duplicated + report.gaps === 0 ? 0 : 1
}
