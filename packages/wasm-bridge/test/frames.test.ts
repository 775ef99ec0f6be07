import { describe, expect, it } from "vitest"
import { LIMITS } from "../acceptance/run-request.ts"
import { decodeFromWorker, decodeToWorker, encodeFromWorker, encodeToWorker, FrameReader } from "../src/frame-bytes.ts"
import type { FromWorker, ToWorker } from "../src/frames.ts"

const request = {
  id: "run_1",
  tenant: "t",
  handler: "act",
  line: 3,
  source: "return '€'",
  input: "{}",
  nowMs: 1,
  limits: LIMITS,
}
const toWorker: ToWorker[] = [
  { kind: "start", call: 1, request },
  { kind: "resume", call: 2, id: "run_1", input: '{"a":"😀"}', nowMs: 5 },
  { kind: "discard", id: "run_1" },
  { kind: "cancel", call: 7 },
]
const usage = { cpuMs: 1.5, memoryBytes: 100, hostCalls: 2 }
const fromWorker: FromWorker[] = [
  { kind: "ready" },
  { kind: "cancelled", call: 4 },
  { kind: "unknown", call: 5 },
  {
    kind: "result",
    call: 1,
    id: "run_1",
    result: { status: "finished", value: "1", effects: "[]", calls: "[]", ...usage },
  },
  {
    kind: "result",
    call: 2,
    id: "run_2",
    result: {
      status: "failed",
      value: "",
      effects: "[]",
      calls: "[]",
      failure: { code: "sandbox-crashed", detail: "x" },
      ...usage,
    },
  },
]

describe("frames", () => {
  it("read back as they were written", () => {
    for (const frame of toWorker) {
      const [body] = new FrameReader().read(encodeToWorker(frame))
      expect(body && decodeToWorker(body)).toEqual(frame)
    }
    for (const frame of fromWorker) {
      const [body] = new FrameReader().read(encodeFromWorker(frame))
      expect(body && decodeFromWorker(body)).toEqual(frame)
    }
  })

  it("come whole out of a stream cut anywhere", () => {
    const stream = Buffer.concat(toWorker.map(encodeToWorker))
    for (let size = 1; size < 40; size += 1) {
      const reader = new FrameReader()
      const frames: ToWorker[] = []
      for (let offset = 0; offset < stream.length; offset += size) {
        for (const body of reader.read(stream.subarray(offset, offset + size))) frames.push(decodeToWorker(body))
      }
      expect(frames).toEqual(toWorker)
    }
  })

  it("of another shape from a process are refused", () => {
    const say = (fields: unknown) => {
      const [body] = new FrameReader().read(encodeToWorker({ kind: "discard", id: String(fields) }))
      return body && decodeFromWorker(body)
    }
    expect(say("x")).toBeUndefined()
    const [odd] = new FrameReader().read(encodeToWorker({ kind: "resume", call: 1, id: "result", input: "", nowMs: 0 }))
    expect(odd && decodeFromWorker(odd)).toBeUndefined()
  })

  it("announced larger than any frame may be end the stream", () => {
    const head = Buffer.alloc(4)
    head.writeUInt32LE(0xffff_ffff, 0)
    expect(() => new FrameReader().read(head)).toThrow("over")
  })
})
