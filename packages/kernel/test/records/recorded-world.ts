import { createServer, type Server } from "node:http"
import { join } from "node:path"
import type { Limits, RunRecord } from "@nexus/protocol"
import type { Sandbox } from "@nexus/wasm-bridge"
import { expect, onTestFinished } from "vitest"
import { openRunRecorder } from "../../src/records/open-run-recorder.ts"
import type { RunRecorder } from "../../src/records/recorder.ts"
import { DEFAULT_RECORD_LIMITS } from "../../src/records/run-records.ts"
import type { Journal } from "../../src/storage/journal.ts"
import { kernelWith, panel, temporaryDirectory, type World } from "../worlds.ts"

/** Panels whose handlers do everything that could come out differently another time. */
export const VARIED = panel(
  "Varied",
  `<State name="list" type="list"/><State name="n" type="number"/><State name="mine" type="object" scope="session"/>
   <Computed name="size" value="{$state.list.length}"/><Import panel="Shelf" name="stock" as="stock"/>`,
  `<Capability type="time" reason="Waits"/><Capability type="kv" scope="notes" reason="Notes"/>
   <Capability type="http" scope="*" reason="Fetches"/><Capability type="panels:call" scope="Shelf" reason="Takes"/>
   <Capability type="events" scope="none" reason="Is not granted"/>
   <Handler name="chance">
     $state.list = [...$state.list.slice(-20), { id: $id(), at: $now(), dice: [$random(), Math.random()] }]
     return [Date.now(), new Date().toISOString(), $state.list.map(({ at }) => at - $now())]
   </Handler>
   <Handler name="count">$state.n += $args.by; $log.info("n", $state.n, $computed.size); $emit("grew", $imports); return $imports.stock</Handler>
   <Handler name="sort">
     $state.list.sort(() => Math.random() - 0.5); $state.list.splice(0, 1); delete $state.mine.old
     $state.mine.seen = [...new Map([["b", 1], ["a", $args.by]]).entries()]; $view.toast("sorted"); return Object.keys($state)
   </Handler>
   <Handler name="keep">
     const before = await nexus.kv.get("notes", "k"); await nexus.kv.set("notes", "k", { by: $args.by, at: $now() })
     return [before, await nexus.kv.get("notes", "k")]
   </Handler>
   <Handler name="fetch">
     const reply = await nexus.http.fetch($args.origin + "/examples/" + $args.by, { headers: { Authorization: "Bearer " + $id() } })
     $state.n = reply.json().n; return [reply.status, reply.json(), reply.headers]
   </Handler>
   <Handler name="wait">
     const id = $id(); await nexus.sleep($args.by % 3); $state.n += 1; const then = $now(); await nexus.sleep(1)
     return [id, then, $now(), $random()]
   </Handler>
   <Handler name="both">
     return await Promise.all([nexus.kv.get("notes", "k"), nexus.sleep(1).then(() => $random()), nexus.http.fetch($args.origin + "/examples/both")].map((asked, index) =>
       asked.then((answer) => { $state.list.push({ id: $id(), index, at: $now() }); $state.list.splice(0, Math.max(0, $state.list.length - 20)); return answer && answer.status })))
   </Handler>
   <Handler name="call">return await nexus.panels.call("Shelf", "take", { by: $args.by % 5 })</Handler>
   <Handler name="denied">$state.n = 0; try { await nexus.events.emit("none", 1) } catch (error) { return [error.name, error.code, error.message] }</Handler>
   <Handler name="refused">$state.n = -1
     await nexus.http.fetch("http://127.0.0.1:1/")</Handler>
   <Handler name="fail">$state.n = 99; $log.warn("soon", $random())
     null.x</Handler>
   <Handler name="deep">const down = (n) => n + down(n + 1); down(0)</Handler>
   <Handler name="nothing"></Handler>`,
)

export const SHELF = panel(
  "Shelf",
  '<State name="stock" type="number" default="1000000"/>',
  `<Tool name="take" handler="take" description="Takes some"><Arg name="by" type="number" required="true"/></Tool>
   <Handler name="take">$state.stock -= $args.by; return { left: $state.stock, slip: $id() }</Handler>`,
)

/** Those that end in their first turn, and those that ask and wait. */
export const QUICK = ["chance", "count", "sort", "fail", "deep", "nothing"] as const
export const ASKING = ["keep", "fetch", "wait", "both", "call", "denied", "refused"] as const

const GRANTS = ["time", "kv:notes", "http:*", "panels:call:Shelf"]

export interface RecordedWorld extends World {
  readonly records: RunRecorder
  /** The file that the records are in. */
  readonly file: string
  /** Every record of "w", newest first. */
  recorded(): Promise<RunRecord[]>
}

/** A workspace "w" whose runs are recorded in a file. Given the journal and file of an earlier one, it goes on there. */
export async function recordedWorld(given: {
  readonly sandbox: Sandbox
  readonly panels?: { readonly [id: string]: string }
  readonly journal?: Journal
  readonly file?: string
  readonly ownOrigin?: string
  readonly run?: Partial<Limits>
  readonly limits?: Partial<typeof DEFAULT_RECORD_LIMITS & { queue: number }>
}): Promise<RecordedWorld> {
  const { file = join(await temporaryDirectory(), "runs.sqlite"), limits, run, ...more } = given
  const notes: string[] = []
  const log = (message: string, detail: object) => notes.push(`${message} ${JSON.stringify(detail)}`)
  const all = { ...DEFAULT_RECORD_LIMITS, queue: 10_000, ...limits }
  const records = await openRunRecorder(file, all, Date.now, log)
  const waiting = { key: new Uint8Array(32).fill(3), afterMs: 30 }
  const world = await kernelWith({ ...more, ...(run ? { limits: run } : {}), records, waiting })
  if (given.panels) {
    const grants = Object.keys(given.panels).flatMap((id) => GRANTS.map((grant) => ({ id, grant })))
    await world.commit(
      ...grants.map(({ id, grant }) => ({ kind: "panel_grant", panel: id, grant, granted: true }) as const),
    )
  }
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= world.close().then(() => records.close())
    return closed
  }
  onTestFinished(close)
  return {
    ...world,
    records,
    file,
    notes: [...world.notes, ...notes],
    close,
    recorded: async () => {
      const found: RunRecord[] = []
      const told = new Set<string>()
      for (let before: number | undefined; ; ) {
        const { runs, more: left } = await records.list("w", { limit: 500, before })
        for (const { run } of runs.filter((each) => !told.has(each.run))) {
          told.add(run)
          const record = await records.read("w", run)
          if (record) found.push(record)
        }
        before = (runs.at(-1)?.at ?? 0) + 1
        if (!left) return found
      }
    },
  }
}

/** The one run that waits, once it is kept. */
export async function waitingRun({ workspace }: World): Promise<string> {
  await expect.poll(() => workspace.waiting.list(), { timeout: 10_000 }).toHaveLength(1)
  const [kept] = await workspace.waiting.list()
  if (!kept) throw new Error("no run waits")
  return kept.run
}

/** A server that says how often it was asked, on a free port. */
export async function countingServer(): Promise<{ readonly origin: string; asked: () => number }> {
  let asked = 0
  const server: Server = createServer((request, response) => {
    asked += 1
    response.setHeader("set-cookie", `session=cookie-${asked}`)
    response.end(JSON.stringify({ n: asked, path: request.url }))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return { origin: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`, asked: () => asked }
}
