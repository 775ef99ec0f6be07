import { randomUUID } from "node:crypto"
import type { Change } from "@nexus/protocol"
import type { ChangeSource } from "./change-source.ts"
import { createRecorder, type Recorder } from "./recorder.ts"
import { type ChdbProcess, startChdb } from "./serve/chdb-process.ts"
import { openClickHouseStore } from "./store/clickhouse/clickhouse-store.ts"
import type { EventStore, RecordReader } from "./store/event-store.ts"
import { createJournalReader } from "./store/journal-reader.ts"
import { createMemoryStore } from "./store/memory.ts"
import { createSnapshots } from "./twin/snapshots.ts"

/**
 * Chooses where records go: a ClickHouse server, chDB in a process of its own, or, where neither can be had, memory
 * beside the journal. Opening happens behind the caller's back: until it is done the journal answers and events wait in
 * memory, to be carried over; so a kernel starts as fast without an analytical engine as with one.
 */
export interface RecordBackend {
  readonly ready: Promise<void>
  readonly journal: RecordReader
  /** The embedded engine's process. */
  pid(): number | undefined
  current(): Current
  recordChange(change: Change): void
  /** Writes what is queued, as far as that is done in time, and ends the engine. */
  close(withinMs: number): Promise<void>
}

export interface Current {
  readonly recorder: Recorder
  /** Absent while, or because, the journal is the backend. */
  readonly store?: EventStore
  readonly reason?: string
}

export interface BackendOptions {
  readonly dataDir: string | undefined
  readonly url?: string | undefined
  readonly source: ChangeSource
  readonly embedded?: boolean
  readonly clock: () => number
  readonly log: (line: string) => void
  readonly retentionDays: number
  readonly capacity?: number
  readonly flushMs?: number
}

/** A server that does not answer at the start is asked again. */
const RETRY_MS = 10_000

export function openRecord(options: BackendOptions): RecordBackend {
  const { source, clock, log } = options
  const memory = createMemoryStore()
  const nothing: ChangeSource = { changes: async () => [], workspaces: async () => [] }
  const limits = {
    ...(options.capacity !== undefined && { capacity: options.capacity }),
    ...(options.flushMs !== undefined && { flushMs: options.flushMs }),
  }
  const inMemory = createRecorder({ store: memory, source: nothing, clock, log, session: randomUUID(), ...limits })
  let current: Current = { recorder: inMemory, reason: "ClickHouse is starting." }
  let chdb: ChdbProcess | undefined
  let closed = false
  const starting = new AbortController()
  let retry: NodeJS.Timeout | undefined

  async function open(): Promise<void> {
    const reason = absence(options)
    if (reason) {
      current = { recorder: inMemory, reason }
      return
    }
    try {
      if (options.url === undefined && options.dataDir !== undefined)
        chdb = await startChdb({ dataDir: options.dataDir, log, signal: starting.signal })
      const address = chdb ? chdb.address : { url: options.url ?? "" }
      const store = await opened(() => openClickHouseStore(address, options.retentionDays), chdb ? 20 : 1)
      if (closed) return await store.close()
      const afterWrite = createSnapshots(store)
      const recorder = createRecorder({ store, source, clock, log, afterWrite, session: randomUUID(), ...limits })
      current = { recorder, store }
      await inMemory.settle(undefined, 1000)
      const { rows, spans } = memory.drain()
      for (const row of rows) recorder.event(row)
      for (const span of spans) recorder.span(span)
      void recorder.settle(undefined, 60_000)
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      if (!closed) log(`TriLog keeps to the journal: ${text}`)
      current = { recorder: inMemory, reason: text }
      await chdb?.close()
      chdb = undefined
      if (options.url !== undefined && !closed) retry = setTimeout(() => void open(), RETRY_MS)
    }
  }

  /** Tries `attempt` until it is done: a chDB that crashed while tables were made is back within a moment. */
  async function opened(attempt: () => Promise<EventStore>, tries: number): Promise<EventStore> {
    for (let left = tries; ; left -= 1) {
      try {
        return await attempt()
      } catch (error) {
        if (left <= 1 || closed) throw error
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
    }
  }

  const ready = open()
  return {
    ready,
    journal: createJournalReader(source, memory),
    pid: () => chdb?.pid,
    current: () => current,
    recordChange(change) {
      if (current.store) current.recorder.change(change)
    },
    async close(withinMs) {
      const deadline = performance.now() + withinMs
      const left = () => Math.max(0, deadline - performance.now())
      closed = true
      clearTimeout(retry)
      if (!current.store) starting.abort()
      const written = async (): Promise<void> => {
        await ready
        await current.recorder.close(left() / 2)
        await inMemory.close(0)
        await current.store?.close()
      }
      let overdue: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        overdue = setTimeout(resolve, (withinMs * 2) / 3)
      })
      await Promise.race([written(), late])
      clearTimeout(overdue)
      await chdb?.close(left())
    },
  }
}

function absence({ url, dataDir, embedded = true }: BackendOptions): string | undefined {
  if (url !== undefined) return undefined
  if (!embedded) return "The embedded ClickHouse is switched off."
  return dataDir === undefined ? "No data folder was given for the embedded ClickHouse." : undefined
}
