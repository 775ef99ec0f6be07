import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type ChdbProcess, startChdb } from "../src/serve/chdb-process.ts"
import { openClickHouseStore } from "../src/store/clickhouse/clickhouse-store.ts"
import type { EventStore } from "../src/store/event-store.ts"
import { createMemoryStore } from "../src/store/memory.ts"

export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "nexus-trilog-test-"))
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** chDB in its own process with the tables made; the memory store where chDB has no build for this platform. */
export async function openRealStore(): Promise<{
  store: EventStore
  chdb: ChdbProcess | undefined
  close(): Promise<void>
}> {
  const folder = await temporaryFolder()
  const chdb = await startChdb({ dataDir: folder.path, log: () => {} }).catch(() => undefined)
  const store = chdb ? await openClickHouseStore(chdb.address, 10_000) : createMemoryStore()
  return {
    store,
    chdb,
    async close() {
      await store.close()
      await chdb?.close()
      await folder.remove()
    },
  }
}

export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`still not so after ${timeoutMs} ms: ${condition.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
