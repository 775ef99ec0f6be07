import type { Limits, Outcome, RunInput, RunRequest } from "@nexus/protocol"

export const LIMITS: Limits = {
  cpuMs: 5000,
  memoryBytes: 128 * 1024 * 1024,
  stackBytes: 256 * 1024,
  hostCalls: 100,
  effectBytes: 1024 * 1024,
  resultBytes: 1024 * 1024,
}

/** Budgets small enough for a suite of attacks. */
export const TIGHT: Limits = { ...LIMITS, cpuMs: 100, memoryBytes: 48 * 1024 * 1024 }

interface Choices {
  readonly id?: string
  readonly tenant?: string
  readonly line?: number
  readonly limits?: Partial<Limits>
  readonly input?: Partial<RunInput>
}

let runs = 0

/** A run of `source` over a small state, with everything else chosen unless said. */
export function runRequest(source: string, choices: Choices = {}): RunRequest {
  runs += 1
  return {
    id: choices.id ?? `run_${runs}`,
    panel: "panel_1",
    tenant: choices.tenant ?? "tenant_1",
    handler: "act",
    source,
    line: choices.line ?? 1,
    limits: { ...LIMITS, ...choices.limits },
    input: {
      state: {
        title: "",
        count: 0,
        items: [
          { id: "milk", price: 1 },
          { id: "bread", price: 2 },
        ],
      },
      args: { a: 1 },
      computed: { open: 2 },
      imports: { other: { total: 5 } },
      nowMs: 1_700_000_000_000,
      seed: 42,
      ...choices.input,
    },
  }
}

/** What went wrong, for the message of an assertion. */
export function describeOutcome(outcome: Outcome): string {
  return JSON.stringify(outcome.status === "failed" ? outcome.failure : outcome).slice(0, 500)
}
