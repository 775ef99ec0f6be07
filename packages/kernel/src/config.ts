import { join } from "node:path"
import { Limits, Tier } from "@nexus/protocol"
import * as z from "zod"
import { isLocal } from "./accounts/provider.ts"
import { DEFAULT_TIERS } from "./quotas/tiers.ts"
import { DEFAULT_RECORD_LIMITS } from "./records/run-records.ts"

const Count = z.int().min(1)

const TierAllowance = z.object({
  panels: Count,
  members: Count,
  storageBytes: Count,
  runsPerDay: Count,
  aiTokensPerDay: Count,
})

/** Everything a kernel can be told. `limits` are per turn (cpu), per run (the rest of `run`), per user or per kernel. */
export const KernelConfig = z.object({
  /** Holds the journal, accounts, keys, Git repositories and TriLog's data. */
  dataDir: z.string().min(1),
  /**
   * `postgres://user:password@host/database`: journal and accounts are there, for many kernels. Absent: SQLite in
   * `dataDir`. Recorded runs, files, Git and the handlers' tables stay in `dataDir` either way.
   */
  database: z.string().optional(),
  /** Where other kernels on the same database reach this one; absent: where it listens. */
  podUrl: z.url().optional(),
  host: z.string().min(1).default("127.0.0.1"),
  /** 0 takes a free one. */
  port: z.int().min(0).max(65535).default(0),
  /** The built studio to serve. */
  studioDir: z.string().optional(),
  /** A folder of panels; the first workspace starts with some of them. */
  gallery: z.string().optional(),
  /** Origins beside the kernel's own whose pages may connect. */
  origins: z.array(z.url()).default([]),
  /** Proxies (addresses, ranges, `loopback`, `uniquelocal`) whose X-Forwarded headers are believed. */
  trustedProxies: z.array(z.string()).default([]),
  /** With it metrics are read from anywhere, without it from the kernel's own network alone. */
  metricsToken: z.string().min(16).optional(),
  /** Where the record is kept: chDB in a process of its own, nothing but the journal, or a ClickHouse server's URL. */
  trilog: z.union([z.enum(["embedded", "journal"]), z.url()]).default("embedded"),
  /** Leaked passwords nobody may use: a file of sorted SHA-1 hashes, or the address of a range service. */
  breachedPasswords: z.string().min(1).optional(),
  /** Repositories that workspaces may be pushed to and pulled from: beginnings of addresses, and what ssh needs. */
  remotes: z
    .object({
      opened: z.array(z.string()).default([]),
      sshKey: z.string().min(1).optional(),
      knownHosts: z.string().min(1).optional(),
    })
    .prefault({}),
  /** An OpenID provider whose people may sign in. */
  provider: z
    .object({
      issuer: z.url().refine((issuer) => issuer.startsWith("https:") || isLocal(issuer), "the issuer speaks https"),
      clientId: z.string().min(1),
      clientSecret: z.string().min(1).optional(),
      label: z.string().min(1).max(60).default("Sign in with OpenID"),
      /** Domains of verified addresses that are let in; all when there are none. */
      domains: z.array(z.string()).default([]),
      /** Makes an account for whoever comes for the first time. */
      createAccounts: z.boolean().default(true),
      /** Gives an account that is there to whoever has its address verified; its password and keys end with it. */
      linkByAddress: z.boolean().default(false),
    })
    .optional(),
  limits: z
    .object({
      run: Limits.prefault({}),
      /** Over the sockets of one person: of ten, four for changes, three for presence, two for queries, one for runs. */
      messagesPerSecond: Count.default(500),
      sockets: Count.default(2000),
      journalBytes: Count.optional(),
      /** How long a workspace whose journal refuses waits before it tries again. */
      journalRetryMs: Count.default(1000),
      /** After how long a workspace is closed that nobody looks at and in which nothing goes on; it opens when asked for. */
      idleMs: z
        .int()
        .min(1000)
        .default(15 * 60_000),
      /** Bytes that open workspaces may take together, by estimate; absent: a share of what the process has. */
      workspacesBytes: Count.optional(),
      /** Records that wait in memory for ClickHouse; more are dropped and counted. Changes are read from the journal then. */
      recordQueue: Count.default(50_000),
      /** Bytes of one file, and of all files of one workspace. */
      files: z
        .object({
          fileBytes: Count.default(50 * 1024 * 1024),
          workspaceBytes: Count.default(1024 * 1024 * 1024),
        })
        .prefault({}),
      /** JSON of one recorded run, what one workspace keeps of them, and turns that wait to be written; more are dropped. */
      records: z
        .object({
          recordBytes: Count.default(DEFAULT_RECORD_LIMITS.recordBytes),
          workspaceRuns: Count.default(DEFAULT_RECORD_LIMITS.workspaceRuns),
          workspaceBytes: Count.default(DEFAULT_RECORD_LIMITS.workspaceBytes),
          queue: Count.default(10_000),
        })
        .prefault({}),
      /** What a workspace of each tier may use, and the tier of one that was given none. */
      tiers: z
        .object({
          free: TierAllowance.prefault(DEFAULT_TIERS.free),
          pro: TierAllowance.prefault(DEFAULT_TIERS.pro),
          enterprise: TierAllowance.prefault(DEFAULT_TIERS.enterprise),
        })
        .prefault({}),
      tier: Tier.default("enterprise"),
      /** Tokens of AI models that the handlers of one workspace may use in a day. */
      aiTokensPerDay: Count.default(200_000),
      /** HTTP requests that the handlers of one workspace may make in a minute, redirects counted. */
      fetchesPerMinute: Count.default(600),
      /** HTTP requests a minute, by class. */
      http: z.object({ auth: Count, refresh: Count, open: Count, read: Count, write: Count }).optional(),
    })
    .prefault({}),
})
export type KernelConfig = z.input<typeof KernelConfig>

/** Where TriLog keeps its record, by the setting. */
export function triLogPlace(trilog: string, dataDir: string): { dataDir: string | undefined; url?: string } {
  if (trilog === "embedded") return { dataDir: join(dataDir, "trilog") }
  return trilog === "journal" ? { dataDir: undefined } : { dataDir: undefined, url: trilog }
}
