import { Packr } from "msgpackr"
import { type FromWorker, fieldsFrom, frameFrom, type ToWorker } from "./frames.ts"
import type { TurnRequest } from "./runs.ts"

/** Frames between the kernel and a sandbox process as bytes: four of length, then a MessagePack array. */
const packr = new Packr({ useRecords: false })
const HEAD_BYTES = 4
const MAX_FRAME_BYTES = 64 * 1024 * 1024

export function encodeToWorker(frame: ToWorker): Buffer {
  switch (frame.kind) {
    case "start":
      return framed(["start", frame.call, ...fieldsOf(frame.request)])
    case "revive":
      return framed(["revive", frame.call, frame.memory, ...fieldsOf(frame.request)])
    case "suspend":
      return framed(["suspend", frame.call, frame.id])
    case "resume":
      return framed(["resume", frame.call, frame.id, frame.input, frame.nowMs])
    case "discard":
      return framed(["discard", frame.id])
    case "cancel":
      return framed(["cancel", frame.call])
  }
}

type RequestFields = [
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

function fieldsOf({ id, tenant, handler, line, source, input, nowMs, limits }: TurnRequest): RequestFields {
  const { cpuMs, memoryBytes, stackBytes, hostCalls, effectBytes, resultBytes } = limits
  const budgets = [cpuMs, memoryBytes, stackBytes, hostCalls, effectBytes, resultBytes] as const
  return [id, tenant, handler, line, source, input, nowMs, ...budgets]
}

function requestOf([id, tenant, handler, line, source, input, nowMs, ...budgets]: RequestFields): TurnRequest {
  const [cpuMs, memoryBytes, stackBytes, hostCalls, effectBytes, resultBytes] = budgets
  const limits = { cpuMs, memoryBytes, stackBytes, hostCalls, effectBytes, resultBytes }
  return { id, tenant, handler, line, source, input, nowMs, limits }
}

/** What `encodeToWorker` wrote: the process believes the kernel. */
type SentToWorker =
  | [kind: "start", call: number, ...request: RequestFields]
  | [kind: "revive", call: number, memory: Uint8Array, ...request: RequestFields]
  | [kind: "suspend", call: number, id: string]
  | [kind: "resume", call: number, id: string, input: string, nowMs: number]
  | [kind: "discard", id: string]
  | [kind: "cancel", call: number]

export function decodeToWorker(body: Uint8Array): ToWorker {
  const sent: SentToWorker = packr.unpack(body)
  switch (sent[0]) {
    case "start": {
      const [kind, call, ...fields] = sent
      return { kind, call, request: requestOf(fields) }
    }
    case "revive": {
      const [kind, call, memory, ...fields] = sent
      return { kind, call, memory, request: requestOf(fields) }
    }
    case "suspend":
      return { kind: sent[0], call: sent[1], id: sent[2] }
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
  return framed(fieldsFrom(frame))
}

/** What the process says, or `undefined` when it says something it should not. */
export function decodeFromWorker(body: Uint8Array): FromWorker | undefined {
  return frameFrom(packr.unpack(body))
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
