import { describe, expect, it } from "vitest"
import { decodeClientMessage, encodeMessage, Json, JsonObject, MAX_JSON_DEPTH, NexusError } from "../src/index.ts"

/** Lists in lists, `depth` of them. */
const nested = (depth: number): Json => JSON.parse("[".repeat(depth) + "]".repeat(depth))

describe("a JSON value", () => {
  it("stands at most so deep in itself that whoever walks it does not overflow", () => {
    expect(Json.safeParse(nested(MAX_JSON_DEPTH)).success).toBe(true)
    for (const depth of [MAX_JSON_DEPTH + 1, 5_000, 200_000]) {
      const refused = Json.safeParse(nested(depth))
      expect(refused.error?.issues[0]?.message, `depth ${depth}`).toContain("more than 256 deep")
    }
  })

  it("that is too deep is refused at the wire by its place", () => {
    const message = {
      kind: "handler_trigger",
      workspace: "w",
      panel: "p",
      handler: "h",
      args: nested(300),
      ref: "r",
    } as const
    let thrown: unknown
    try {
      decodeClientMessage(encodeMessage(message))
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(NexusError)
    expect(thrown).toMatchObject({ failure: { code: "invalid-input", path: "args" } })
  })

  it("is never undefined, a function, an instance or a number that JSON does not know", () => {
    for (const value of [undefined, () => 1, new Date(), Number.NaN, Number.POSITIVE_INFINITY, 1n]) {
      expect(Json.safeParse(value).success, String(value)).toBe(false)
    }
    expect(JsonObject.safeParse([]).success).toBe(false)
    expect(Json.safeParse([[undefined]]).success).toBe(false)
    expect(Json.safeParse(new Array(3)).success).toBe(false)
    expect(Json.safeParse(JSON.parse('{"a":{"__proto__":{"admin":true}}}')).success).toBe(false)
  })
})
