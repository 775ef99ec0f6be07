import type { Left, Outbox, OutboxWrite, Queued } from "@nexus/reactor/client"
import { type OutboxDatabase, ofWorkspace, openDatabase, STORES } from "./database.ts"
import { joinOpenPages, type OpenPages } from "./open-pages.ts"
import { parseConfirmed, parseConflicts, parseQueued, parseSteps } from "./parse-left.ts"

type Writing = ReturnType<typeof transactionOf>

/** The outbox of one workspace in the browser's own database. A list of writes is one transaction. */
export function createIndexedOutbox(user: string, workspace: string): Outbox {
  const name = `nexus-outbox/${user}/${workspace}`
  const others = new BroadcastChannel(name)
  const listeners = new Set<Parameters<Outbox["onOthers"]>[0]>()
  const tell: Parameters<Outbox["onOthers"]>[0] = (news) => {
    for (const listener of listeners) listener(news)
  }
  const opening = Promise.all([openDatabase(user), joinOpenPages(name, navigator.locks)])
  opening.catch(() => {})

  others.addEventListener("message", async () => {
    const [database] = await opening
    tell(await shared(database, workspace))
  })

  return {
    async open() {
      const [database, pages] = await opening
      pages.onEnded(async () => {
        const queue = await takeOver(database, pages, workspace)
        if (queue.length > 0) tell({ queue })
      })
      const queue = await takeOver(database, pages, workspace)
      const transaction = database.transaction(["graphs", "changes"])
      const [graph, changes] = await Promise.all([
        transaction.objectStore("graphs").get(workspace),
        transaction.objectStore("changes").getAll(ofWorkspace(workspace)),
      ])
      return { confirmed: parseConfirmed(graph, changes), queue, ...(await shared(database, workspace)) }
    },
    async write(writes) {
      const [database, pages] = await opening
      const mustLast = writes.some(({ kind }) => kind === "queued" || kind === "conflict")
      const transaction = transactionOf(database, mustLast)
      for (const write of writes) put(transaction, write, workspace, pages.id)
      await transaction.done
      if (writes.some(({ kind }) => kind === "steps" || kind === "conflict" || kind === "decided"))
        others.postMessage("")
    },
    onOthers(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      others.close()
      opening.then(
        ([database, pages]) => {
          pages.close()
          database.close()
        },
        () => {},
      )
    },
  }
}

function transactionOf(database: OutboxDatabase, mustLast: boolean) {
  return database.transaction(STORES, "readwrite", { durability: mustLast ? "strict" : "relaxed" })
}

function put(transaction: Writing, write: OutboxWrite, workspace: string, page: string): void {
  const [graphs, changes, queue, conflicts, steps] = [
    transaction.objectStore("graphs"),
    transaction.objectStore("changes"),
    transaction.objectStore("queue"),
    transaction.objectStore("conflicts"),
    transaction.objectStore("steps"),
  ]
  switch (write.kind) {
    case "snapshot":
      graphs.put({ role: write.role, snapshot: write.snapshot }, workspace)
      changes.delete(ofWorkspace(workspace))
      return
    case "change":
      changes.put(write.change, [workspace, write.change.seq])
      return
    case "queued": {
      const key: [string, string] = [workspace, write.queued.message.ref]
      const order = performance.timeOrigin + performance.now()
      queue.get(key).then((before) => queue.put({ page, order: before?.order ?? order, queued: write.queued }, key))
      return
    }
    case "answered":
      queue.delete([workspace, write.ref])
      return
    case "conflict":
      conflicts.put(write.conflict, [workspace, write.conflict.ref])
      return
    case "decided":
      conflicts.delete([workspace, write.ref])
      return
    case "steps":
      steps.put(write.steps, workspace)
      return
    case "closed_to_us":
      graphs.delete(workspace)
      changes.delete(ofWorkspace(workspace))
      return
    default:
      write satisfies never
  }
}

/** What all pages of a person see. */
async function shared(database: OutboxDatabase, workspace: string): Promise<Pick<Left, "conflicts" | "steps">> {
  const transaction = database.transaction(["conflicts", "steps"])
  const [conflicts, steps] = await Promise.all([
    transaction.objectStore("conflicts").getAll(ofWorkspace(workspace)),
    transaction.objectStore("steps").get(workspace),
  ])
  return { conflicts: parseConflicts(conflicts).toSorted((a, b) => a.at - b.at), steps: parseSteps(steps) }
}

/** What waits in pages that ended becomes this page's, in the order it was made. */
function takeOver(database: OutboxDatabase, pages: OpenPages, workspace: string): Promise<readonly Queued[]> {
  return pages.alone(async (open) => {
    const taken: { readonly order: number; readonly queued: Queued }[] = []
    const transaction = database.transaction("queue", "readwrite")
    for await (const cursor of transaction.store.iterate(ofWorkspace(workspace))) {
      const { page, order } = cursor.value
      const queued = parseQueued(cursor.value.queued)
      if (!queued || page === pages.id || open.has(page)) continue
      await cursor.update({ ...cursor.value, page: pages.id })
      taken.push({ order, queued })
    }
    await transaction.done
    return taken.sort((a, b) => a.order - b.order).map(({ queued }) => queued)
  })
}
