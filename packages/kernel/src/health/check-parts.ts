import { execFile } from "node:child_process"
import { promisify } from "node:util"
import type { CheckedPart } from "@nexus/protocol"
import type { Journal } from "../storage/journal.ts"
import type { Database } from "../storage/prisma/database.ts"

export interface CheckedStores {
  readonly journal: Pick<Journal, "values">
  readonly database: Pick<Database, "user">
  /** Where the journal and the accounts are, in words. */
  readonly place: string
  readonly env: NodeJS.ProcessEnv
  readonly record: () => { readonly backend: string; readonly reason?: string; readonly lagMs: number }
}

const WITHIN_MS = 2000
/** The record is read from the journal where it lags; more than this is worth a look. */
const LAG_MS = 30_000
/** Git is a program to start: once a minute says enough. */
const GIT_FOR_MS = 60_000

const run = promisify(execFile)

/** Asks each store something small, all at once. One that does not answer in time does not work, whatever it is doing. */
export function createChecks(stores: CheckedStores): () => Promise<readonly CheckedPart[]> {
  const { journal, database, place, env, record } = stores
  let git: { readonly at: number; readonly part: Promise<CheckedPart> } | undefined
  const askGit = () =>
    timed("git", async () => {
      const { stdout } = await run("git", ["--version"], { env: { ...env, PATH: env.PATH ?? process.env.PATH } })
      return stdout.trim().slice(0, 80)
    })
  return async () => {
    const now = performance.now()
    if (!git || now - git.at > GIT_FOR_MS) git = { at: now, part: askGit() }
    const { backend, reason, lagMs } = record()
    const recorded: CheckedPart = {
      part: "record",
      works: lagMs < LAG_MS,
      tookMs: 0,
      detail: reason === undefined ? backend : `${backend}: ${reason}`.slice(0, 200),
    }
    return Promise.all([
      timed("journal", async () => {
        await journal.values.get("none", "health", "none")
        return place
      }),
      timed("accounts", async () => {
        await database.user.findFirst({ where: { local: true }, select: { id: true } })
        return place
      }),
      git.part,
      recorded,
    ])
  }
}

async function timed(part: CheckedPart["part"], ask: () => Promise<string>): Promise<CheckedPart> {
  const began = performance.now()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${WITHIN_MS} ms`)), WITHIN_MS)
  })
  const took = () => performance.now() - began
  try {
    const detail = await Promise.race([ask(), late])
    return { part, works: true, tookMs: took(), detail }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { part, works: false, tookMs: took(), detail: detail.slice(0, 200) }
  } finally {
    clearTimeout(timer)
  }
}
