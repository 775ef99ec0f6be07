import * as z from "zod"

/**
 * Everything that may leave a process as "no". An error is data first and a sentence second: the fields carry the
 * values, `sentenceOf` makes the words late, and only this union crosses the wire. `detail` is written for people.
 */
const failure = <Code extends string, Shape extends z.ZodRawShape>(code: Code, shape: Shape) =>
  z.object({ code: z.literal(code), ...shape })

/** A place in NXML: 1-based line and column. */
const Position = { line: z.int().optional(), column: z.int().optional() }

/** One failure, told apart by `code`; the other fields are the values its sentence carries. */
export const Failure = z.discriminatedUnion("code", [
  failure("unauthenticated", { detail: z.string() }),
  failure("forbidden", { detail: z.string(), role: z.string().optional(), needed: z.string().optional() }),
  failure("not-found", { what: z.string(), id: z.string() }),
  failure("invalid-input", { detail: z.string(), path: z.string().optional() }),
  failure("too-large", {
    what: z.string(),
    limit: z.number(),
    actual: z.number().optional(),
    unit: z.string(),
    ...Position,
  }),
  failure("rate-limited", { retryAfterMs: z.number() }),
  failure("conflict", { detail: z.string() }),
  failure("operation-conflict", { operation: z.string(), target: z.string(), detail: z.string() }),
  failure("panel-invalid", { panel: z.string(), errors: z.int(), first: z.string(), ...Position }),
  failure("handler-unknown", { panel: z.string(), handler: z.string(), known: z.array(z.string()) }),
  failure("handler-failed", { handler: z.string(), message: z.string(), ...Position, stack: z.string().optional() }),
  failure("handler-timeout", { handler: z.string(), limitMs: z.number(), ...Position }),
  failure("handler-memory", { handler: z.string(), limitBytes: z.number(), ...Position }),
  failure("capability-denied", { capability: z.string(), panel: z.string().optional(), detail: z.string() }),
  failure("sandbox-crashed", { detail: z.string() }),
  /** `owner` is where the kernel is that has it, as other kernels reach it. */
  failure("lease-lost", { workspace: z.string(), owner: z.string().optional() }),
  failure("version-mismatch", { expected: z.string(), actual: z.string() }),
  failure("unavailable", { what: z.string(), detail: z.string() }),
  failure("quota-exceeded", {
    what: z.string(),
    limit: z.number(),
    used: z.number(),
    /** When it begins anew, where it does. */
    resetsAt: z.number().optional(),
    ...Position,
  }),
])
export type Failure = z.infer<typeof Failure>
export type FailureCode = Failure["code"]
