import type { TurnRequest, TurnResult } from "./runs.ts"

/**
 * What the kernel's side and a runner say to each other: plain values, and what a handler takes and gives as JSON text
 * inside, so neither side walks values the other side made. The kernel's side trusts nothing it hears: a frame of another
 * shape is `undefined`, and ends the runner.
 */
export type ToWorker =
  | { readonly kind: "start"; readonly call: number; readonly request: TurnRequest }
  | {
      readonly kind: "resume"
      readonly call: number
      readonly id: string
      readonly input: string
      readonly nowMs: number
    }
  /** Goes on with a run whose memory comes along; `request.input` is that of a resume. */
  | { readonly kind: "revive"; readonly call: number; readonly request: TurnRequest; readonly memory: Uint8Array }
  /** Answer with the memory of a waiting run, and forget the run. */
  | { readonly kind: "suspend"; readonly call: number; readonly id: string }
  | { readonly kind: "discard"; readonly id: string }
  /** Answer this call with `cancelled` if it has not begun: another process has it now. */
  | { readonly kind: "cancel"; readonly call: number }

export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "result"; readonly call: number; readonly id: string; readonly result: TurnResult }
  | { readonly kind: "cancelled"; readonly call: number }
  | { readonly kind: "suspended"; readonly call: number; readonly memory: Uint8Array }
  /** There is no waiting run of the id that was to be resumed or suspended. */
  | { readonly kind: "unknown"; readonly call: number }

/** A run that any runner could do as well. */
export function isNew(frame: ToWorker): frame is Extract<ToWorker, { kind: "start" | "revive" }> {
  return frame.kind === "start" || frame.kind === "revive"
}

/** A frame of a runner as a plain array. */
export function fieldsFrom(frame: FromWorker): readonly unknown[] {
  if (frame.kind === "ready") return ["ready"]
  if (frame.kind === "suspended") return [frame.kind, frame.call, frame.memory]
  if (frame.kind !== "result") return [frame.kind, frame.call]
  const { status, value, effects, calls, failure, cpuMs, memoryBytes, hostCalls, image } = frame.result
  const failed = failure ? JSON.stringify(failure) : ""
  const usage = [cpuMs, memoryBytes, hostCalls]
  return ["result", frame.call, frame.id, status, value, effects, calls, failed, ...usage, image ?? ""]
}

/** The frame that `fields` are, or `undefined` when they are none. */
export function frameFrom(fields: unknown): FromWorker | undefined {
  if (!Array.isArray(fields)) return undefined
  const [kind, call, id, status, value, effects, calls, failed, ...usage] = fields
  const [cpuMs, memoryBytes, hostCalls, image] = usage
  if (kind === "ready") return { kind }
  if (typeof call !== "number") return undefined
  if (kind === "cancelled" || kind === "unknown") return { kind, call }
  if (kind === "suspended") return id instanceof Uint8Array ? { kind, call, memory: id } : undefined
  const known = status === "finished" || status === "failed" || status === "waiting"
  const texts = [id, value, effects, calls, failed].every((field) => typeof field === "string")
  const numbers = [cpuMs, memoryBytes, hostCalls].every((field) => typeof field === "number")
  if (kind !== "result" || !known || !texts || !numbers) return undefined
  const failure = failed === "" ? {} : { failure: JSON.parse(failed) }
  const looked = image === "found" || image === "made" ? { image } : {}
  return {
    kind,
    call,
    id,
    result: { status, value, effects, calls, ...failure, cpuMs, memoryBytes, hostCalls, ...looked },
  }
}
