import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { parseArgs } from "node:util"
import { createId } from "@nexus/protocol"
import { type PrivatePostgres, startPrivatePostgres } from "../packages/kernel/acceptance/private-postgres.ts"
import { CrashClient } from "./crash-client.ts"
import { click, newPanel, push, submission } from "./crash-load.ts"
import { type RunningKernel, startKernel } from "./crash-loop.ts"

/**
 * A workspace has one writer. Two kernels share one PostgreSQL; clients write through whichever of them has the
 * workspace, and ask the other one, under the same ref, when they get no answer. The owner is killed with SIGKILL, or
 * frozen with SIGSTOP for longer than its lease lasts while questions pile up in its sockets, and then woken. Afterwards
 * everything that was acknowledged, by whichever kernel and whenever, must stand in the journal once, under the seq that
 * was told, and no seq may be missing: a write that the woken kernel took for its own would be lost there.
 *
 *     node flows/crash-owner.ts --rounds 20
 */
export const DEATHS = ["killed", "frozen"] as const
export type Death = (typeof DEATHS)[number]

export interface OwnerReport {
  readonly rounds: number
  readonly acknowledged: number
  /** Asked once more, at the other kernel or the same, because no answer had come or it was not the owner. */
  readonly repeated: number
  readonly lost: number
  readonly duplicated: number
  readonly gaps: number
  /** From the owner's death to the first acknowledgement of the other kernel, for each round. */
  readonly failoverMs: readonly number[]
}

const WORKSPACE = "home"
const LANES = 8
const ANSWER_MS = 500
/** Longer than the three seconds of a lease. */
const FROZEN_MS = 4200

interface Asked {
  readonly id: string
  readonly message: Parameters<CrashClient["ask"]>[0]
  seq: number | undefined
}

export async function crashOwner(options: {
  readonly death: Death
  readonly rounds: number
  readonly log?: (line: string) => void
}): Promise<OwnerReport> {
  const { death, rounds, log } = options
  const folders = await Promise.all([0, 1].map(() => mkdtemp(join(tmpdir(), "nexus-owner-"))))
  const postgres = await startPrivatePostgres()
  const url = await postgres.createDatabase()
  const start = (index: number) => startKernel(folders[index] ?? "", { NEXUS_DATABASE: url })
  const kernels: RunningKernel[] = []
  const report = { rounds: 0, acknowledged: 0, repeated: 0, lost: 0, duplicated: 0, gaps: 0 }
  const failoverMs: number[] = []
  try {
    for (const index of [0, 1]) kernels.push(await start(index))
    const panel = "panel_owner"
    const everything: Asked[] = []
    const world = new World(kernels)
    await world.askUntilAnswered({ id: panel, message: submission([newPanel(panel)]), seq: undefined })
    for (let round = 1; round <= rounds; round += 1) {
      const asked: Asked[] = []
      const loads = Array.from({ length: LANES }, () => world.load(panel, asked))
      await wait(200 + Math.random() * 300)
      const owner = world.owner
      const stopped = kernels[owner]
      if (!stopped) throw new Error("there is no owner")
      const atMs = performance.now()
      stopped.child.kill(death === "killed" ? "SIGKILL" : "SIGSTOP")
      const stale = death === "frozen" ? pileUp(stopped, panel) : Promise.resolve([])
      await world.answeredBy(1 - owner)
      failoverMs.push(Math.round(performance.now() - atMs))
      if (death === "killed") {
        if (stopped.child.exitCode === null && stopped.child.signalCode === null) await once(stopped.child, "exit")
        if (round < rounds) kernels[owner] = await start(owner)
      } else {
        await wait(Math.max(0, FROZEN_MS - (performance.now() - atMs)))
        stopped.child.kill("SIGCONT")
        await wait(500)
      }
      world.stop()
      await Promise.all(loads)
      everything.push(...asked, ...(await stale))
      const found = await check(postgres, url, await world.itemsOf(panel), everything)
      report.rounds = round
      report.acknowledged = everything.filter(({ seq }) => seq !== undefined).length
      report.repeated = world.repeated
      report.lost += found.lost
      report.duplicated += found.duplicated
      report.gaps += found.gaps
      log?.(`${death} ${round}: ${asked.length} acknowledged, ${failoverMs.at(-1)} ms, ${found.lost} lost`)
    }
    world.close()
    return { ...report, failoverMs }
  } finally {
    for (const { child } of kernels) {
      child.kill("SIGKILL")
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
    }
    await postgres.close()
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
  }
}

/** The clients' side: who answers now, and a way to ask until somebody does. */
class World {
  owner = 0
  repeated = 0
  readonly #kernels: readonly RunningKernel[]
  readonly #clients = new Map<string, Promise<CrashClient>>()
  readonly #awaited: { readonly owner: number; readonly resolve: () => void }[] = []
  #stopped = false

  constructor(kernels: readonly RunningKernel[]) {
    this.#kernels = kernels
  }

  /** Adds items without pause, half of them by submissions and half by clicks. */
  async load(panel: string, asked: Asked[]): Promise<void> {
    this.#stopped = false
    while (!this.#stopped) {
      const id = createId("item")
      const message = asked.length % 2 === 0 ? submission([push(panel, id)]) : click(panel, id)
      const entry: Asked = { id, message, seq: undefined }
      asked.push(entry)
      await this.askUntilAnswered(entry)
    }
  }

  stop(): void {
    this.#stopped = true
  }

  async askUntilAnswered(entry: Asked): Promise<void> {
    for (let at = this.owner; entry.seq === undefined; at = 1 - at) {
      try {
        const client = await within(ANSWER_MS, this.#client(at))
        entry.seq = (await within(ANSWER_MS, client.ask(entry.message))).seq
        this.owner = at
        for (const { owner, resolve } of this.#awaited) if (owner === at) resolve()
      } catch {
        this.repeated += 1
        await wait(10)
      }
    }
  }

  /** What the owner shows of the panel's list. */
  async itemsOf(panel: string): Promise<string[]> {
    return (await this.#client(this.owner)).itemsOf(WORKSPACE, panel)
  }

  /** Resolves when that kernel acknowledges something. */
  answeredBy(owner: number): Promise<void> {
    return new Promise((resolve) => this.#awaited.push({ owner, resolve }))
  }

  close(): void {
    for (const client of this.#clients.values()) client.then((open) => open.close()).catch(() => undefined)
  }

  async #client(index: number): Promise<CrashClient> {
    const kernel = this.#kernels[index]
    if (!kernel) throw new Error("there is no such kernel")
    const known = this.#clients.get(kernel.url)
    const usable = known && !(await known.then(({ broken }) => broken).catch(() => true))
    const client = usable ? known : CrashClient.connect(kernel.url, kernel.token)
    this.#clients.set(kernel.url, client)
    return client
  }
}

/** What people ask of a kernel that is frozen, and what they hear when it wakes: refused is well, taken must be true. */
async function pileUp(kernel: RunningKernel, panel: string): Promise<Asked[]> {
  const client = await CrashClient.connect(kernel.url, kernel.token).catch(() => undefined)
  const entries = Array.from({ length: 10 }, (): Asked => {
    const id = createId("item")
    return { id, message: submission([push(panel, id)]), seq: undefined }
  })
  await Promise.all(
    entries.map(async (entry) => {
      entry.seq = (await client?.ask(entry.message).catch(() => undefined))?.seq
    }),
  )
  client?.close()
  return entries.filter(({ seq }) => seq !== undefined)
}

/** The journal as it stands in the database, and the graph as its owner shows it, against what was acknowledged. */
async function check(postgres: PrivatePostgres, url: string, items: readonly string[], asked: readonly Asked[]) {
  const rows = await postgres.rows(
    url,
    `SELECT seq::int AS seq, body FROM journal.changes WHERE workspace = '${WORKSPACE}' ORDER BY journal.changes.seq`,
  )
  const bodies = rows.map(({ body }) => String(body))
  const gaps = rows.filter(({ seq }, index) => seq !== index + 1).length
  const times = new Map<string, number>()
  for (const item of items) times.set(item, (times.get(item) ?? 0) + 1)
  const lost = asked.filter(({ id, seq }) => !bodies[(seq ?? 0) - 1]?.includes(`"${id}"`) || !times.has(id)).length
  const duplicated = [...times.values()].filter((count) => count > 1).length
  return { lost, duplicated, gaps }
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const timer = Promise.withResolvers<never>()
  const tooLate = setTimeout(() => timer.reject(new Error(`no answer within ${ms} ms`)), ms)
  try {
    return await Promise.race([promise, timer.promise])
  } finally {
    clearTimeout(tooLate)
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { rounds: { type: "string", default: "10" } } })
  for (const death of DEATHS) {
    const report = await crashOwner({ death, rounds: Number(values.rounds), log: console.log })
    const sorted = [...report.failoverMs].sort((a, b) => a - b)
    const { rounds, acknowledged, repeated, lost, duplicated, gaps } = report
    console.log(`${death}: ${rounds} rounds, ${acknowledged} acknowledged, ${lost} lost, ${duplicated} duplicated`)
    console.log(`${repeated} asked again, ${gaps} gaps in seq; the other kernel acknowledged after`)
    console.log(`${sorted[Math.floor(sorted.length / 2)]} ms in the middle, ${sorted.at(-1)} ms at most`)
    if (lost + duplicated + gaps > 0) process.exitCode = 1
  }
}
