import { Packr } from "msgpackr"
import type { TurnRequest, TurnResult } from "./runs.ts"

/**
 * Frames between the kernel and a sandbox process: four bytes of length, then a MessagePack array of plain values.
 * What a handler takes and gives travels inside as JSON text, so neither side walks values the other side made. The
 * kernel's side trusts nothing it reads: a frame of another shape is `undefined`, and ends the process.
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
  | { readonly kind: "discard"; readonly id: string }
  /** Answer this call with `cancelled` if it has not begun: another process has it now. */
  | { readonly kind: "cancel"; readonly call: number }

export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "result"; readonly call: number; readonly id: string; readonly result: TurnResult }
  | { readonly kind: "cancelled"; readonly call: number }
  /** There is no waiting run of the id that was to be resumed. */
  | { readonly kind: "unknown"; readonly call: number }

const packr = new Packr({ useRecords: false })
const HEAD_BYTES = 4
const MAX_FRAME_BYTES = 64 * 1024 * 1024

export function encodeToWorker(frame: ToWorker): Buffer {
  switch (frame.kind) {
    case "start": {
      const { id, tenant, handler, line, source, input, nowMs, limits } = frame.request
      const { cpuMs, memoryBytes, stackBytes, hostCalls, effectBytes, resultBytes } = limits
      const budgets = [cpuMs, memoryBytes, stackBytes, hostCalls, effectBytes, resultBytes]
      return framed(["start", frame.call, id, tenant, handler, line, source, input, nowMs, ...budgets])
    }
    case "resume":
      return framed(["resume", frame.call, frame.id, frame.input, frame.nowMs])
    case "discard":
      return framed(["discard", frame.id])
    case "cancel":
      return framed(["cancel", frame.call])
  }
}

/** What `encodeToWorker` wrote: the process believes the kernel. */
type SentToWorker =
  | [
      kind: "start",
      call: number,
      ...run: [id: string, tenant: string, handler: string, line: number, source: string, input: string, nowMs: number],
      ...budgets: [
        cpuMs: number,
        memoryBytes: number,
        stackBytes: number,
        hostCalls: number,
        effectBytes: number,
        resultBytes: number,
      ],
    ]
  | [kind: "resume", call: number, id: string, input: string, nowMs: number]
  | [kind: "discard", id: string]
  | [kind: "cancel", call: number]

export function decodeToWorker(body: Uint8Array): ToWorker {
  const sent: SentToWorker = packr.unpack(body)
  switch (sent[0]) {
    case "start": {
      const [kind, call, id, tenant, handler, line, source, input, nowMs, ...budgets] = sent
      const [cpuMs, memoryBytes, stackBytes, hostCalls, effectBytes, resultBytes] = budgets
      const limits = { cpuMs, memoryBytes, stackBytes, hostCalls, effectBytes, resultBytes }
      return { kind, call, request: { id, tenant, handler, line, source, input, nowMs, limits } }
    }
    case "resume": {
      const [kind, call, id, input, nowMs] = sent
      return { kind, call, id, input, nowMs }
    }
    case "discard":
      return { kind: sent[0], id: sent[1] }
    case "cancel":
      return { kind: sent[0], call: sent[1] }
  }
}

export function encodeFromWorker(frame: FromWorker): Buffer {
  if (frame.kind === "ready") return framed(["ready"])
  if (frame.kind !== "result") return framed([frame.kind, frame.call])
  const { status, value, effects, calls, failure, cpuMs, memoryBytes, hostCalls } = frame.result
  const failed = failure ? JSON.stringify(failure) : ""
  return framed(["result", frame.call, frame.id, status, value, effects, calls, failed, cpuMs, memoryBytes, hostCalls])
}

/** What the process says, or `undefined` when it says something it should not. */
export function decodeFromWorker(body: Uint8Array): FromWorker | undefined {
  const fields: unknown = packr.unpack(body)
  if (!Array.isArray(fields)) return undefined
  const [kind, call, id, status, value, effects, calls, failed, cpuMs, memoryBytes, hostCalls] = fields
  if (kind === "ready") return { kind }
  if (typeof call !== "number") return undefined
  if (kind === "cancelled" || kind === "unknown") return { kind, call }
  const known = status === "finished" || status === "failed" || status === "waiting"
  const texts = [id, value, effects, calls, failed].every((field) => typeof field === "string")
  const numbers = [cpuMs, memoryBytes, hostCalls].every((field) => typeof field === "number")
  if (kind !== "result" || !known || !texts || !numbers) return undefined
  const failure = failed === "" ? {} : { failure: JSON.parse(failed) }
  return { kind, call, id, result: { status, value, effects, calls, ...failure, cpuMs, memoryBytes, hostCalls } }
}

function framed(fields: readonly unknown[]): Buffer {
  const body = packr.pack(fields)
  const frame = Buffer.allocUnsafe(HEAD_BYTES + body.length)
  frame.writeUInt32LE(body.length, 0)
  body.copy(frame, HEAD_BYTES)
  return frame
}

/** Cuts a byte stream into frame bodies. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0)

  read(chunk: Buffer): Buffer[] {
    const bodies: Buffer[] = []
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let offset = 0
    while (bytes.length - offset >= HEAD_BYTES) {
      const length = bytes.readUInt32LE(offset)
      if (length > MAX_FRAME_BYTES) throw new Error(`a frame of ${length} bytes is over ${MAX_FRAME_BYTES}`)
      const end = offset + HEAD_BYTES + length
      if (end > bytes.length) break
      bodies.push(bytes.subarray(offset + HEAD_BYTES, end))
      offset = end
    }
    this.#rest = bytes.subarray(offset)
    return bodies
  }
}
