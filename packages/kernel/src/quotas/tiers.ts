import type { Tier } from "@nexus/protocol"

/** What a workspace may use. Storage and AI tokens are bounded by the kernel's own limits as well, whichever is less. */
export interface Allowance {
  readonly panels: number
  readonly members: number
  readonly storageBytes: number
  readonly runsPerDay: number
  readonly aiTokensPerDay: number
}

const MB = 1024 * 1024

/** One's own machine has the last tier: there the kernel's limits are the only ones that are felt. */
export const DEFAULT_TIERS: Readonly<Record<Tier, Allowance>> = {
  free: { panels: 50, members: 5, storageBytes: 100 * MB, runsPerDay: 2000, aiTokensPerDay: 20_000 },
  pro: { panels: 1000, members: 50, storageBytes: 10_240 * MB, runsPerDay: 50_000, aiTokensPerDay: 1_000_000 },
  enterprise: {
    panels: 100_000,
    members: 10_000,
    storageBytes: 1_048_576 * MB,
    runsPerDay: 10_000_000,
    aiTokensPerDay: 100_000_000,
  },
}
