import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { DatabaseSync } from "node:sqlite"
import { setTimeout as wait } from "node:timers/promises"
import { parseArgs } from "node:util"
import { createId, type Operation } from "@nexus/protocol"
import { CrashClient } from "./crash-client.ts"

/**
 * What was acknowledged survives `kill -9`. A kernel in a process of its own takes submissions and clicks from several
 * sockets, is killed at a random moment, and is started again on the same folder. Then every acknowledged change must be
 * in the journal once, under the seq that was told, with no gap before it, and every item it added must be in the graph
 * once. What was asked and not answered is asked again under its old ref, as a client does, and must also end up there
 * once.
 *
 *     node flows/crash-loop.ts --rounds 50
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

const WORKSPACE = "home"
const CLIENTS = 4
const IN_FLIGHT = 6

export async function crashLoop(options: { rounds: number; log?: (line: string) => void }): Promise<CrashReport> {
  const dataDir = await mkdtemp(join(tmpdir(), "nexus-crash-"))
  const report = { rounds: 0, acknowledged: 0, repeated: 0, lost: 0, duplicated: 0, gaps: 0 }
  try {
    let kernel = await startKernel(dataDir)
    for (let round = 1; round <= options.rounds; round += 1) {
      const panel = `panel_round_${round}`
      const clients = await connectAll(kernel)
      await clients[0]?.ask(submission([newPanel(panel)]))
      const loads = clients.map((client) => load(client, panel))
      await wait(60 + Math.random() * 500)
      kernel.child.kill("SIGKILL")
      await once(kernel.child, "exit")
      const asked = (await Promise.all(loads)).flat()

      kernel = await startKernel(dataDir)
      const [again] = await connectAll(kernel)
      if (!again) throw new Error("the kernel took no client after its restart")
      const open = asked.filter(({ seq }) => seq === undefined)
      for (const entry of open) entry.seq = (await again.ask(entry.message)).seq
      const found = check(dataDir, panel, asked, await again.itemsOf(WORKSPACE, panel))
      again.close()
      report.rounds = round
      report.acknowledged += asked.length - open.length
      report.repeated += open.length
      report.lost += found.lost
      report.duplicated += found.duplicated
      report.gaps += found.gaps
      options.log?.(
        `round ${round}: ${asked.length - open.length} acknowledged, ${open.length} asked again, ${found.lost} lost`,
      )
    }
    kernel.child.kill("SIGTERM")
    await once(kernel.child, "exit")
    return report
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

export interface RunningKernel {
  readonly child: ChildProcess
  readonly url: string
  readonly token: string
}

/** A kernel in a process of its own, on that folder; `more` are settings that differ. */
export async function startKernel(
  dataDir: string,
  more: Readonly<Record<string, string>> = {},
): Promise<RunningKernel> {
  const main = new URL("../packages/kernel/src/main.ts", import.meta.url)
  const child = spawn(process.execPath, [main.pathname], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH,
      NEXUS_DATA: dataDir,
      NEXUS_PORT: "0",
      NEXUS_TRILOG: "journal",
      NEXUS_SANDBOX_PROCESSES: "1",
      NEXUS_MESSAGES_PER_SECOND: "100000",
      ...more,
    },
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

/** One thing asked of the kernel: adds the item `id` to the panel. `seq` is known once it was acknowledged. */
interface Asked {
  readonly id: string
  readonly message: Parameters<CrashClient["ask"]>[0]
  seq: number | undefined
}

/** Asks without pause, a few at a time, half submissions and half clicks, until the socket breaks. */
async function load(client: CrashClient, panel: string): Promise<Asked[]> {
  const asked: Asked[] = []
  const lane = async (): Promise<void> => {
    for (;;) {
      const id = createId("item")
      const message = asked.length % 2 === 0 ? submission([push(panel, id)]) : click(panel, id)
      const entry: Asked = { id, message, seq: undefined }
      asked.push(entry)
      try {
        entry.seq = (await client.ask(message)).seq
      } catch (error) {
        if (client.broken) return
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
  return asked
}

/** The journal on the disk and the graph the kernel shows, against what was asked. */
function check(dataDir: string, panel: string, asked: readonly Asked[], items: readonly string[]) {
  const database = new DatabaseSync(join(dataDir, "journal.sqlite"), { readOnly: true })
  const rows = database.prepare("SELECT seq, body FROM changes WHERE workspace = ? ORDER BY seq").all(WORKSPACE)
  database.close()
  const gaps = rows.filter(({ seq }, index) => seq !== index + 1).length
  let lost = 0
  let duplicated = 0
  for (const { id, seq } of asked) {
    const body = rows[(seq ?? 0) - 1]?.body
    const inJournal = typeof body === "string" && body.includes(`"${id}"`)
    const inGraph = items.filter((item) => item === id).length
    if (!inJournal || inGraph === 0) lost += 1
    if (inGraph > 1) duplicated += 1
  }
  const written = rows.filter(({ body }) => typeof body === "string" && body.includes(`"${panel}"`)).length
  if (written !== asked.length + 1) duplicated += Math.max(0, written - asked.length - 1)
  return { lost, duplicated, gaps }
}

export function submission(operations: Operation[]): Parameters<CrashClient["ask"]>[0] {
  return {
    kind: "operations_submit",
    workspace: WORKSPACE,
    base: 0,
    operations,
    reason: "crash loop",
    ref: createId("ref"),
  }
}

export function click(panel: string, id: string): Parameters<CrashClient["ask"]>[0] {
  return { kind: "handler_trigger", workspace: WORKSPACE, panel, handler: "push", args: { id }, ref: createId("ref") }
}

export function push(panel: string, id: string): Operation {
  return { kind: "state_splice", panel, path: ["items"], index: 1_000_000, remove: [], insert: [{ id }] }
}

export function newPanel(id: string): Operation {
  const source = `<NexusPanel title="${id}" version="1.0.0">
    <Data><State name="items" type="list"/></Data>
    <Logic><Handler name="push">$state.items.push({ id: $args.id })</Handler></Logic>
    <View><Metric label="Items" value="{$state.items.length}"/></View>
  </NexusPanel>`
  const properties = { source, title: id, frame: { x: 0, y: 0, w: 300, h: 200 }, state: {}, grants: [] }
  return { kind: "entity_add", entity: { id, kind: "panel", name: id, scope: WORKSPACE, properties } }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { rounds: { type: "string", default: "50" }, quiet: { type: "boolean" } } })
  const report = await crashLoop({ rounds: Number(values.rounds), ...(values.quiet ? {} : { log: console.log }) })
  const { rounds, acknowledged, lost, duplicated, gaps, repeated } = report
  console.log(`${rounds} rounds: ${acknowledged} acknowledged, ${lost} lost, ${duplicated} duplicated`)
  console.log(`${repeated} asked again after a restart, ${gaps} gaps in seq`)
  process.exitCode = lost + duplicated + gaps === 0 ? 0 : 1
}
