import { type Graph, NexusError, type Operation, Tier } from "@nexus/protocol"
import * as z from "zod"
import type { ValueStore } from "../storage/journal.ts"
import { type Allowance, DEFAULT_TIERS } from "./tiers.ts"

/**
 * What one workspace may use, and the runs it has used today. The tier stands in the journal's value store: nothing a
 * member does reaches it. Runs are counted in memory and kept every few seconds: counting each durably would make a
 * click as slow as the disk, and a crash gives a few back. Days are UTC days, as for AI tokens.
 */
const SPACE = "quota"
const KEEP_EVERY_MS = 5000
const SAY_AGAIN_MS = 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000

const Kept = z.object({ tier: Tier.optional(), day: z.string(), runs: z.int() })

export interface QuotaSettings {
  readonly tiers: Readonly<Record<Tier, Allowance>>
  /** Of a workspace that was given none. */
  readonly tier: Tier
  /** Told at most once an hour for each thing that is used up. */
  readonly onRefused: (workspace: string, what: keyof Allowance, limit: number) => void
}

export const NO_QUOTAS: QuotaSettings = { tiers: DEFAULT_TIERS, tier: "enterprise", onRefused: () => undefined }

export interface WorkspaceQuota {
  readonly tier: Tier
  readonly allowance: Allowance
  readonly runsToday: number
  readonly resetsAt: number
  /** Counts a run. Throws `quota-exceeded`. */
  takeRun(): void
  /** Throws `quota-exceeded` when the operations would make more panels than there may be. */
  checkPanels(graph: Graph, operations: readonly Operation[]): void
  /** Throws `quota-exceeded` when one more than `members` are too many. */
  checkMembers(members: number): void
  /** Resolves when it would survive a crash. */
  setTier(tier: Tier): Promise<void>
  close(): Promise<void>
}

export interface WorkspaceQuotaParts {
  readonly workspace: string
  readonly values: ValueStore
  readonly settings: QuotaSettings
  readonly clock: () => number
  readonly log: (message: string, detail: object) => void
}

export async function openQuota(parts: WorkspaceQuotaParts): Promise<WorkspaceQuota> {
  const { workspace, values, settings, clock, log } = parts
  const found = await values.get(workspace, SPACE, "used")
  const kept = found === undefined ? undefined : Kept.parse(JSON.parse(found))
  let tier = kept?.tier
  let day = kept?.day ?? ""
  let runs = kept?.runs ?? 0
  let keptAt = clock()
  let keptRuns = runs
  const saidAt = new Map<string, number>()

  const today = () => new Date(clock()).toISOString().slice(0, 10)
  const turn = (): void => {
    if (day === today()) return
    day = today()
    runs = 0
  }
  const keep = (): Promise<void> => {
    keptAt = clock()
    keptRuns = runs
    return values.set(workspace, SPACE, "used", JSON.stringify({ ...(tier ? { tier } : {}), day, runs }))
  }
  const allowance = (): Allowance => settings.tiers[tier ?? settings.tier]
  const resetsAt = (): number => (Math.floor(clock() / DAY_MS) + 1) * DAY_MS
  const refuse = (kind: keyof Allowance, what: string, used: number): never => {
    const limit = allowance()[kind]
    if ((saidAt.get(kind) ?? Number.NEGATIVE_INFINITY) + SAY_AGAIN_MS <= clock()) {
      saidAt.set(kind, clock())
      settings.onRefused(workspace, kind, limit)
    }
    const more = kind === "runsPerDay" ? { resetsAt: resetsAt() } : {}
    throw new NexusError({ code: "quota-exceeded", what, limit, used, ...more })
  }
  return {
    get tier() {
      return tier ?? settings.tier
    },
    get allowance() {
      return allowance()
    },
    get runsToday() {
      turn()
      return runs
    },
    get resetsAt() {
      return resetsAt()
    },
    takeRun: () => {
      turn()
      if (runs >= allowance().runsPerDay) refuse("runsPerDay", "runs of this workspace today", runs)
      runs += 1
      if (clock() - keptAt < KEEP_EVERY_MS) return
      keep().catch((error: unknown) => log("used runs were not kept", { workspace, error: String(error) }))
    },
    checkPanels: (graph, operations) => {
      const more = operations.filter(({ kind, ...rest }) => kind === "entity_add" && isPanelAdded(rest)).length
      if (more === 0) return
      const there = [...graph.ofKind("panel")].length
      if (there + more > allowance().panels) refuse("panels", "panels of this workspace", there)
    },
    checkMembers: (members) => {
      if (members >= allowance().members) refuse("members", "members of this workspace", members)
    },
    setTier: async (next) => {
      const before = tier
      tier = next
      await keep().catch((error: unknown) => {
        tier = before
        throw error
      })
    },
    close: async () => {
      if (runs !== keptRuns) await keep()
    },
  }
}

function isPanelAdded(rest: object): boolean {
  return "entity" in rest && typeof rest.entity === "object" && rest.entity !== null && "kind" in rest.entity
    ? rest.entity.kind === "panel"
    : false
}
