import type { KeptText, TextKeeper } from "@nexus/reactor/text"
import * as z from "zod"
import { beginningWith, type OutboxDatabase, openDatabase } from "./database.ts"

/**
 * Sources that were typed in without a line, in the person's own database beside their outbox: it goes when they sign
 * out. Each page writes its own and takes up only what pages that are gone left, which their locks tell; over plain HTTP
 * there are no locks, and a text that two pages take up is merged by what it is made of.
 */
const Kept = z.object({ document: z.string(), base: z.string(), state: z.instanceof(Uint8Array) })

type Key = [workspace: string, panel: string, document: string, page: string]

const page = crypto.randomUUID()
const lockOf = (of: string) => `nexus-texts/${of}`
let holding = false
const databases = new Map<string, Promise<OutboxDatabase>>()

export function createTextKeeper(user: string, workspace: string, panel: string): TextKeeper {
  const mine = new Map<string, Key>()
  const note = (key: Key) => mine.set(JSON.stringify(key), key)
  return {
    async load() {
      const database = await databaseOf(user)
      const found: KeptText[] = []
      for (const key of await keysLeft(database, beginningWith(workspace, panel))) {
        const kept = Kept.safeParse(await database.get("texts", key))
        if (!kept.success) continue
        note(key)
        found.push(kept.data)
      }
      return found
    },
    async save({ document, base, state }) {
      holdPage()
      const key: Key = [workspace, panel, document, page]
      const database = await databaseOf(user)
      const transaction = database.transaction("texts", "readwrite", { durability: "strict" })
      await Promise.all([transaction.store.put({ document, base, state }, key), transaction.done])
      note(key)
    },
    async remove() {
      const transaction = (await databaseOf(user)).transaction("texts", "readwrite")
      await Promise.all([...[...mine.values()].map((key) => transaction.store.delete(key)), transaction.done])
      mine.clear()
    },
  }
}

/** Panels whose text waits here for a line, or to be taken up. */
export async function panelsWithText(user: string, workspace: string): Promise<readonly string[]> {
  const keys = await (await databaseOf(user)).getAllKeys("texts", beginningWith(workspace))
  return [...new Set(keys.map(([, panel]) => panel))]
}

function databaseOf(user: string): Promise<OutboxDatabase> {
  const known = databases.get(user)
  if (known) return known
  const opening = openDatabase(user)
  databases.set(user, opening)
  const forget = () => databases.delete(user)
  opening.then((database) => database.addEventListener("close", forget), forget)
  return opening
}

/** Of pages that are gone, and of this one. */
async function keysLeft(database: OutboxDatabase, range: IDBKeyRange): Promise<readonly Key[]> {
  const keys = await database.getAllKeys("texts", range)
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  const open = new Set(held.map(({ name }) => name))
  return keys.filter(([, , , of]) => of === page || !open.has(lockOf(of)))
}

/** Held as long as the page lives. */
function holdPage(): void {
  if (holding) return
  holding = true
  navigator.locks?.request(lockOf(page), () => new Promise(() => {})).catch(() => undefined)
}
