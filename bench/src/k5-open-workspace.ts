import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createSqliteJournal } from "@nexus/kernel/storage"
import type { Change, Operation } from "@nexus/protocol"
import { apply, Graph } from "@nexus/protocol"
import type { Contender, Goal } from "./measure.ts"

/**
 * Opening a workspace of 10,000 changes as a running kernel does: it is taken, the newest snapshot read and the changes since
 * applied. With the snapshot that a kernel leaves it is short; without one every change is read from the first.
 */
const CHANGES = 10_000
const PANELS = 200
const PAGE = 1000
const BEHIND = 500

async function written(snapshotAt: number | undefined): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), "nexus-bench-")), "journal.sqlite")
  const journal = await createSqliteJournal(path)
  await journal.create("w")
  const epoch = await journal.acquire("w")
  const graph = new Graph()
  const appended: Promise<void>[] = []
  for (let seq = 1; seq <= CHANGES; seq += 1) {
    const change = changeAt(seq)
    if (!apply(graph, change.operations).ok) throw new Error(`change ${seq} does not apply`)
    appended.push(journal.append(change, epoch))
    if (seq === snapshotAt) {
      const now = { workspace: "w", seq, entities: [...graph.entities()], relationships: [...graph.relationships()] }
      appended.push(journal.saveSnapshot(now, epoch))
    }
  }
  await Promise.all(appended)
  await journal.close()
  return path
}

function changeAt(seq: number): Change {
  const cause = { actor: { kind: "person" as const, id: "ada", name: "Ada" }, reason: "measured" }
  const operations = [seq === 1 ? root : seq <= PANELS + 1 ? panelAt(seq - 1) : setAt(seq)]
  return { workspace: "w", seq, submission: `submission-${seq}`, cause, operations, at: seq }
}

const root: Operation = {
  kind: "entity_add",
  entity: { id: "w", kind: "workspace", name: "W", properties: {}, scope: "" },
}

function panelAt(seq: number): Operation {
  const source = `<NexusPanel title="P${seq}">${" ".repeat(1000)}<View><Text content="x"/></View></NexusPanel>`
  const properties = {
    source,
    title: `P${seq}`,
    frame: { x: 0, y: 0, w: 300, h: 200 },
    state: { cells: {} },
    grants: [],
  }
  return { kind: "entity_add", entity: { id: `p${seq}`, kind: "panel", name: `P${seq}`, scope: "w", properties } }
}

function setAt(seq: number): Operation {
  return { kind: "state_set", panel: `p${1 + (seq % PANELS)}`, path: ["cells", `c${seq % 50}`], value: seq }
}

async function opening(snapshotAt: number | undefined): Promise<Contender> {
  const path = await written(snapshotAt)
  const journal = await createSqliteJournal(path)
  return {
    run: async () => {
      await journal.acquire("w")
      const snapshot = await journal.loadSnapshot("w")
      const graph = snapshot ? Graph.fromSnapshot(snapshot) : new Graph()
      let seq = snapshot?.seq ?? 0
      for (let page = await journal.changes("w", seq, PAGE); page.length > 0; ) {
        for (const change of page) if (!apply(graph, change.operations).ok) throw new Error(`change ${change.seq}`)
        seq += page.length
        page = await journal.changes("w", seq, PAGE)
      }
      if (seq !== CHANGES) throw new Error(`opened at ${seq}`)
    },
    close: async () => {
      await journal.close()
      rmSync(join(path, ".."), { recursive: true })
    },
    // Cold: the first that this connection reads of the file.
    warmups: 0,
    samples: 1,
  }
}

export const goal: Goal = {
  id: "K5",
  what: "open a workspace of 10,000 changes, cold",
  rounds: 5,
  contenders: { "with snapshot": () => opening(CHANGES - BEHIND), "every change": () => opening(undefined) },
  claims: [
    { ours: "with snapshot", atMostMs: 500 },
    { ours: "every change", atMostMs: 500 },
  ],
}
