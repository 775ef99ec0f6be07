import * as z from "zod"
import { endpoint } from "./endpoint.ts"

const none = z.object({})
const shared = { tag: "health", method: "get", params: none, query: none, body: none, status: 200 } as const
const Share = z.object({ used: z.number(), total: z.number() })

/** A moment of the process. `busy` is how much of one processor it took, 1 for all of it. Times in milliseconds. */
export const VitalSign = z.object({
  at: z.number(),
  residentBytes: z.number(),
  loopDelayMs: z.number(),
  busy: z.number(),
  sockets: z.int(),
  recordLagMs: z.number(),
})
export type VitalSign = Readonly<z.infer<typeof VitalSign>>

/** One of the stores that the kernel stands on, asked just now. `detail` says what it is, or why it fails. */
export const CheckedPart = z.object({
  part: z.enum(["journal", "accounts", "git", "record"]),
  works: z.boolean(),
  tookMs: z.number(),
  detail: z.string(),
})
export type CheckedPart = Readonly<z.infer<typeof CheckedPart>>

export const HealthAnswer = z.object({
  version: z.string(),
  startedAt: z.number(),
  parts: z.array(CheckedPart),
  /** The last minutes, oldest first. */
  signs: z.array(VitalSign),
  memory: Share,
  disk: Share,
  record: z.object({ queued: z.int(), dropped: z.int(), lagMs: z.number() }),
  runRecords: z.object({ queued: z.int(), dropped: z.int() }),
  workspaces: z.object({ open: z.int(), bytes: z.number(), mostBytes: z.number() }),
})
export type HealthAnswer = Readonly<z.infer<typeof HealthAnswer>>

export const readHealth = endpoint({
  ...shared,
  name: "readHealth",
  path: "/health",
  summary: "How this kernel is: its stores, memory, disk and the last minutes of its process",
  access: "operator",
  answer: HealthAnswer,
})

const Spread = z.object({ count: z.int(), sumMs: z.number() })

/** One process in which handlers run; `running` is what it has in hand, the first of it under way. */
export const SandboxProcess = z.object({
  ready: z.boolean(),
  running: z.array(z.object({ workspace: z.string(), panel: z.string(), handler: z.string(), forMs: z.number() })),
})
export type SandboxProcess = Readonly<z.infer<typeof SandboxProcess>>

export const SandboxesAnswer = z.object({
  processes: z.array(SandboxProcess),
  most: z.int(),
  queued: z.int(),
  waiting: z.int(),
  turns: z.int(),
  restarts: z.int(),
  kills: z.object({ interrupted: z.int(), terminated: z.int(), killed: z.int() }),
  failures: z.record(z.string(), z.int()),
  ran: Spread,
  stood: Spread,
})
export type SandboxesAnswer = Readonly<z.infer<typeof SandboxesAnswer>>

export const readSandboxes = endpoint({
  ...shared,
  name: "readSandboxes",
  path: "/sandboxes",
  summary: "The processes in which handlers run: what each runs now, what was stopped",
  access: "operator",
  answer: SandboxesAnswer,
})

/** A start of the kernel; without `endedAt` it runs, or ended without a word. */
export const KernelStart = z.object({ at: z.number(), endedAt: z.number().exactOptional() })
export type KernelStart = Readonly<z.infer<typeof KernelStart>>

export const listStarts = endpoint({
  ...shared,
  name: "listStarts",
  path: "/starts",
  summary: "When the kernel was started, newest first",
  access: "person",
  answer: z.object({ starts: z.array(KernelStart) }),
})
