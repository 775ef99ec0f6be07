import {
  type ClientMessage,
  decodeClientMessage,
  decodeServerMessage,
  encodeMessage,
  MAX_FRAME_BYTES,
  NexusError,
  type ServerMessage,
} from "@nexus/protocol"
import { Packr } from "msgpackr"
import { describe, expect, it } from "vitest"
import { Chance } from "../nog/random-operations.ts"

const submit: ClientMessage = {
  kind: "operations_submit",
  workspace: "w",
  base: 4,
  operations: [{ kind: "state_set", panel: "p", path: ["items", { key: 1 }, "done"], value: true }],
  reason: "ticked",
  ref: "r1",
}

describe("the codec", () => {
  it("gives back what was encoded, on both sides", () => {
    const change: ServerMessage = {
      kind: "change",
      change: {
        workspace: "w",
        seq: 9_007_199_254_740_991,
        submission: "s",
        cause: { actor: { kind: "person", id: "ada", name: "Ada Lovelace – 数" }, reason: "" },
        operations: [
          { kind: "state_set", panel: "p", path: ["x"], value: { nested: [1.5, -0.25, null, "é", 2 ** 40] } },
        ],
        at: 1_900_000_000_000.5,
      },
    }
    expect(decodeClientMessage(encodeMessage(submit))).toEqual(submit)
    expect(decodeServerMessage(encodeMessage(change))).toEqual(change)
    const update: ClientMessage = {
      kind: "document_update",
      workspace: "w",
      panel: "p",
      document: "d",
      update: Uint8Array.of(1, 2, 255),
    }
    const decoded = decodeClientMessage(encodeMessage(update))
    expect(decoded).toMatchObject({ kind: "document_update", workspace: "w", panel: "p" })
    expect(decoded.kind === "document_update" && [...decoded.update]).toEqual([1, 2, 255])
  })

  it("is plain MessagePack that any library reads and writes", () => {
    const plain = new Packr({ useRecords: false, structuredClone: false })
    expect(plain.unpack(encodeMessage(submit))).toEqual(submit)
    expect(decodeClientMessage(plain.pack({ kind: "ping", at: 5 }))).toEqual({ kind: "ping", at: 5 })
  })

  it.each<[string, unknown]>([
    ["an unknown kind", { kind: "explode" }],
    ["a missing field", { kind: "subscribe" }],
    ["an id with a slash", { kind: "subscribe", workspace: "../etc" }],
    ["an empty list of operations", { ...submit, operations: [] }],
    ["an unknown operation", { ...submit, operations: [{ kind: "graph_drop" }] }],
    [
      "a value that is no JSON",
      { ...submit, operations: [{ kind: "state_set", panel: "p", path: ["x"], value: new Date() }] },
    ],
    ["a number", 42],
    ["nothing", null],
  ])("refuses %s with invalid-input", (_, value) => {
    const bytes = new Packr({ useRecords: false }).pack(value)
    expect(codeOf(() => decodeClientMessage(bytes))).toBe("invalid-input")
  })

  it("refuses a frame over the limit before reading it", () => {
    expect(codeOf(() => decodeClientMessage(new Uint8Array(MAX_FRAME_BYTES + 1)))).toBe("too-large")
  })

  it("answers every broken frame with a failure, never with a crash", () => {
    const good = encodeMessage(submit)
    for (let seed = 1; seed <= 5000; seed += 1) {
      const chance = new Chance(seed)
      const bytes = chance.maybe(0.5)
        ? Uint8Array.from({ length: chance.below(64) }, () => chance.below(256))
        : Uint8Array.from(good.subarray(0, 1 + chance.below(good.length)))
      for (let flips = chance.below(4); flips > 0; flips -= 1) bytes[chance.below(bytes.length)] = chance.below(256)
      try {
        decodeClientMessage(bytes)
      } catch (error) {
        expect(error, `seed ${seed}`).toBeInstanceOf(NexusError)
      }
    }
  })
})

function codeOf(decode: () => unknown): string {
  try {
    decode()
  } catch (error) {
    if (error instanceof NexusError) return error.failure.code
    throw error
  }
  return "accepted"
}
