import { afterAll } from "vitest"
import { eventStoreAcceptance } from "../../acceptance/event-store.ts"
import { createMemoryStore } from "../../src/store/memory.ts"
import { openRealStore } from "../real-store.ts"

let real: Awaited<ReturnType<typeof openRealStore>> | undefined
afterAll(() => real?.close())

eventStoreAcceptance("memory", async () => createMemoryStore())
eventStoreAcceptance("ClickHouse", async () => {
  real = await openRealStore()
  return real.store
})
