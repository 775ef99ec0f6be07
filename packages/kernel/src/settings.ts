import { availableParallelism } from "node:os"
import { NexusError, Tier } from "@nexus/protocol"
import type { EngineName } from "@nexus/wasm-bridge"
import * as z from "zod"
import type { KernelConfig } from "./config.ts"
import { ProviderEnvironment, providerOf } from "./provider-settings.ts"

const List = z
  .string()
  .default("")
  .transform((list) => list.split(",").flatMap((item) => item.trim() || []))
const Count = z.coerce.number("takes a number").int("takes a whole number").min(1, "takes a number above 0")

const Settings = z.object({
  NEXUS_DATABASE: z
    .string()
    .refine(isPostgres, "takes a PostgreSQL server's URL such as postgres://user:password@host:5432/nexus")
    .optional(),
  NEXUS_POD_URL: z.url("takes the URL at which other kernels reach this one").optional(),
  NEXUS_ORIGINS: List.pipe(z.array(z.url("takes origins such as https://nexus.example.org, parted by commas"))),
  NEXUS_TRUSTED_PROXIES: List,
  NEXUS_TRILOG: z
    .string()
    .refine(
      isTriLogPlace,
      "takes embedded, journal, or a ClickHouse server's URL such as http://user:password@host:8123",
    )
    .default("embedded"),
  NEXUS_BREACHED_PASSWORDS: z
    .string()
    .refine(
      (place) => !/^\w+:/.test(place) || /^https?:\/\//.test(place),
      "takes a file, or an address such as https://…/range",
    )
    .optional(),
  NEXUS_METRICS_TOKEN: z.string().min(16, "takes at least 16 characters").optional(),
  ...ProviderEnvironment.shape,
  NEXUS_TRILOG_QUEUE: Count.optional(),
  NEXUS_MESSAGES_PER_SECOND: Count.optional(),
  NEXUS_WORKSPACES_MB: Count.optional(),
  NEXUS_AI_TOKENS_PER_DAY: Count.optional(),
  NEXUS_FETCHES_PER_MINUTE: Count.optional(),
  NEXUS_TIER: z.enum(Tier.options, "takes free, pro or enterprise").optional(),
  NEXUS_GIT_REMOTES: List,
  NEXUS_GIT_SSH_KEY: z.string().optional(),
  NEXUS_GIT_KNOWN_HOSTS: z.string().optional(),
  NEXUS_SANDBOX_ENGINE: z.enum(["v8", "wasmedge"], "takes v8 or wasmedge").default("v8"),
  NEXUS_SANDBOX_PROCESSES: Count.optional(),
  NEXUS_SANDBOX_MOST_PROCESSES: Count.optional(),
})

/** Who says a number gets that number, unless they say how many it may become. */
function processesOf(said: number | undefined, most = said): KernelSettings["sandboxProcesses"] {
  const least = said ?? Math.min(most ?? 4, 4, Math.max(2, availableParallelism() - 1))
  return most === undefined ? { least } : { least, most }
}

function isTriLogPlace(place: string): boolean {
  return place === "embedded" || place === "journal" || (URL.canParse(place) && /^https?:/.test(place))
}

function isPostgres(place: string): boolean {
  return URL.canParse(place) && /^postgres(ql)?:$/.test(new URL(place).protocol)
}

/** What the environment says of a kernel, under the same names wherever one is started. */
export interface KernelSettings {
  readonly config: Pick<
    KernelConfig,
    | "database"
    | "podUrl"
    | "origins"
    | "trustedProxies"
    | "metricsToken"
    | "trilog"
    | "breachedPasswords"
    | "remotes"
    | "provider"
    | "limits"
  >
  readonly sandboxEngine: EngineName
  readonly sandboxProcesses: { readonly least: number; readonly most?: number }
}

/** Reads the settings that every way of starting a kernel shares. Throws `invalid-input` that names the setting. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): KernelSettings {
  const said = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""))
  const read = Settings.safeParse(said)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new NexusError({
      code: "invalid-input",
      detail: issue?.message ?? "cannot be read",
      path: String(issue?.path[0]),
    })
  }
  const { data } = read
  return {
    config: {
      ...(data.NEXUS_DATABASE ? { database: data.NEXUS_DATABASE } : {}),
      ...(data.NEXUS_POD_URL ? { podUrl: data.NEXUS_POD_URL } : {}),
      origins: data.NEXUS_ORIGINS,
      trustedProxies: data.NEXUS_TRUSTED_PROXIES,
      metricsToken: data.NEXUS_METRICS_TOKEN,
      trilog: data.NEXUS_TRILOG,
      breachedPasswords: data.NEXUS_BREACHED_PASSWORDS,
      remotes: {
        opened: data.NEXUS_GIT_REMOTES,
        sshKey: data.NEXUS_GIT_SSH_KEY,
        knownHosts: data.NEXUS_GIT_KNOWN_HOSTS,
      },
      provider: providerOf(data),
      limits: {
        messagesPerSecond: data.NEXUS_MESSAGES_PER_SECOND,
        recordQueue: data.NEXUS_TRILOG_QUEUE,
        workspacesBytes: data.NEXUS_WORKSPACES_MB && data.NEXUS_WORKSPACES_MB * 1024 * 1024,
        aiTokensPerDay: data.NEXUS_AI_TOKENS_PER_DAY,
        fetchesPerMinute: data.NEXUS_FETCHES_PER_MINUTE,
        tier: data.NEXUS_TIER,
      },
    },
    sandboxEngine: data.NEXUS_SANDBOX_ENGINE,
    sandboxProcesses: processesOf(data.NEXUS_SANDBOX_PROCESSES, data.NEXUS_SANDBOX_MOST_PROCESSES),
  }
}
