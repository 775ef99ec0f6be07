import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { createId, type Operation } from "@nexus/protocol"
import type { CrashClient } from "./crash-client.ts"

/** What the crash flows ask of a kernel, and how they find it again in the journal's file and in the graph. */
export const WORKSPACE = "home"
const IN_FLIGHT = 6

/** One thing asked of the kernel: adds the item `id` to the panel. `seq` is known once it was acknowledged. */
export interface Asked {
  readonly id: string
  readonly message: Parameters<CrashClient["ask"]>[0]
  seq: number | undefined
}

/** Asks without pause, a few at a time, half submissions and half clicks, until the socket breaks. */
export async function load(client: CrashClient, panel: string): Promise<Asked[]> {
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
export function check(dataDir: string, panel: string, asked: readonly Asked[], items: readonly string[]) {
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
  return { kind: "handler_trigger", workspace: WORKSPACE, panel, handler: "items", args: { id }, ref: createId("ref") }
}

export function push(panel: string, id: string): Operation {
  return { kind: "state_splice", panel, path: ["items"], index: 1_000_000, remove: [], insert: [{ id }] }
}

export function newPanel(id: string): Operation {
  const source = `<NexusPanel title="${id}" version="1.0.0">
    <Data><State name="items" type="list"/></Data>
    <Logic><Handler name="items">$state.items.push({ id: $args.id })</Handler></Logic>
    <View><Metric label="Items" value="{$state.items.length}"/></View>
  </NexusPanel>`
  const properties = { source, title: id, frame: { x: 0, y: 0, w: 300, h: 200 }, state: {}, grants: [] }
  return { kind: "entity_add", entity: { id, kind: "panel", name: id, scope: WORKSPACE, properties } }
}
