import { randomBytes } from "node:crypto"
import type { HostReply, Json, Outcome } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import type { Sandbox } from "../src/index.ts"
import { describeOutcome, runRequest } from "./run-request.ts"

const KEY = randomBytes(32)

/** What `suspend` promises. `other` is a sandbox that shares no process with the first. */
export function waitingRunsCanBeTakenElsewhere(sandbox: () => Sandbox, other: () => Sandbox): void {
  let resumed = 0
  const value = (id: number, answer: Json): HostReply => ({ id, value: answer })

  /** Runs `source` until it waits, and takes it out. */
  const suspended = async (source: string, choices?: Parameters<typeof runRequest>[1]) => {
    const request = runRequest(source, choices)
    const outcome = await sandbox().run(request)
    expect(outcome.status, describeOutcome(outcome)).toBe("waiting")
    const taken = await sandbox().suspend(request.id, KEY)
    if (!taken.ok) throw new Error(JSON.stringify(taken.failure))
    const resume = (replies: readonly HostReply[], from = { bytes: taken.bytes, key: KEY }): Promise<Outcome> => {
      resumed += 1
      return other().resume(
        { id: `taken_${resumed}`, replies, input: { ...request.input, nowMs: 1_800_000_000_000 } },
        from,
      )
    }
    return { id: request.id, bytes: taken.bytes, resume, input: request.input }
  }

  describe("a suspended run", () => {
    it("goes on in another process with everything it held", async () => {
      const { resume } = await suspended(`
        const seen = new Map([["a", { deep: [1, 2n, "three"] }]])
        const local = { count: 0 }
        class Basket { #items = ["milk"]; add(item) { this.#items.push(item); return this.#items.length } }
        const basket = new Basket()
        function* steps() { yield 1; yield 2 }
        const walk = steps()
        walk.next()
        const answer = await nexus.sleep("3d")
        local.count += 1
        return [String(seen.get("a").deep), local.count, basket.add("bread"), walk.next().value, answer, $now(), $args.a]`)
      expect(await resume([value(1, null)])).toMatchObject({
        status: "finished",
        value: ["1,2,three", 1, 2, 2, null, 1_800_000_000_000, 1],
      })
    })

    it("keeps the order of its chance: the numbers after the wait are those it would have drawn", async () => {
      const source = "const first = $random()\nawait nexus.sleep(5)\nreturn [first, $random(), $random()]"
      const request = runRequest(source)
      await sandbox().run(request)
      const here = await sandbox().resume({ id: request.id, replies: [value(1, null)], input: request.input })
      const { resume } = await suspended(source)
      const there = await resume([value(1, null)])
      if (here.status !== "finished" || there.status !== "finished") throw new Error(describeOutcome(there))
      expect(there.value).toEqual(here.value)
    })

    it("can be resumed twice from the same bytes, each time from the same moment", async () => {
      const { resume } = await suspended("let n = 0\nawait nexus.sleep(5)\nn += 1\n$emit('n', n)\nreturn n")
      const [first, second] = [await resume([value(1, null)]), await resume([value(1, null)])]
      expect([first, second]).toMatchObject([{ value: 1 }, { value: 1 }])
    })

    it("can wait again and be suspended again", async () => {
      const { resume } = await suspended(
        "const a = await nexus.sleep(5)\nconst b = await nexus.sleep(6)\nreturn [a, b]",
      )
      const again = await resume([value(1, 1)])
      expect(again).toMatchObject({ status: "waiting", calls: [{ id: 2, args: [6] }] })
      const id = `taken_${resumed}`
      const taken = await other().suspend(id, KEY)
      if (!taken.ok) throw new Error(JSON.stringify(taken.failure))
      expect(await resume([value(2, 2)], { bytes: taken.bytes, key: KEY })).toMatchObject({ value: [1, 2] })
    })

    it("keeps memory that grew, zeros among it", async () => {
      const { resume, bytes } = await suspended(`
        const zeros = new Uint8Array(9_000_000)
        zeros[8_999_999] = 7
        const texts = Array.from({ length: 20_000 }, (_, index) => "item " + index)
        const gap = new Uint8Array(3_000_000).fill(1)
        await nexus.sleep(5)
        return [zeros.reduce((sum, byte) => sum + byte, 0), texts[19_999], texts.length, gap[2_999_999]]`)
      expect(bytes.length).toBeLessThan(2_000_000)
      await other().run(runRequest("return new Uint8Array(5_000_000).fill(255).length"))
      expect(await resume([value(1, null)])).toMatchObject({ value: [7, "item 19999", 20_000, 1] })
    })

    it("keeps what lies behind a gap that was freed", async () => {
      const { resume } = await suspended(`
        let big = "x".repeat(4_000_000)
        const behind = Array.from({ length: 1000 }, (_, index) => ({ index }))
        big = null
        await nexus.sleep(5)
        return behind.reduce((sum, { index }) => sum + index, 0)`)
      expect(await resume([value(1, null)])).toMatchObject({ value: 499_500 })
    })

    it("is kept in at most 30 KB when its handler is ordinary", async () => {
      const { bytes } = await suspended(`
        const lines = $state.items.map(({ id, price }) => ({ id, price, total: price * 1.19 }))
        await nexus.sleep("3d")
        return lines.length`)
      expect(bytes.length).toBeLessThanOrEqual(30 * 1024)
    })

    it("is gone from the sandbox it was taken out of", async () => {
      const { id, input } = await suspended("await nexus.sleep(5)")
      const outcome = await sandbox().resume({ id, replies: [value(1, null)], input })
      expect(outcome).toMatchObject({ status: "failed", failure: { code: "sandbox-crashed" } })
      expect(await sandbox().suspend(id, KEY)).toMatchObject({ ok: false, failure: { code: "sandbox-crashed" } })
    })

    it("obeys its budget after it was resumed", async () => {
      const { resume } = await suspended("await nexus.sleep(5)\nfor (;;) {}", { limits: { cpuMs: 100 } })
      expect(await resume([value(1, null)])).toMatchObject({ failure: { code: "handler-timeout", limitMs: 100 } })
    })

    it("fails at the line of its source", async () => {
      const { resume } = await suspended("await nexus.sleep(5)\nthrow new Error('late')", { line: 10 })
      expect(await resume([value(1, null)])).toMatchObject({ failure: { code: "handler-failed", line: 11 } })
    })

    it("is refused when a byte of it was changed, cut off or signed with another key", async () => {
      const { bytes, resume } = await suspended("await nexus.sleep(5)\nreturn 'yes'")
      const refused = { status: "failed", failure: { code: "invalid-input" } }
      for (const at of [0, 31, 32, 40, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const forged = Uint8Array.from(bytes)
        forged[at] = (forged[at] ?? 0) ^ 1
        expect(await resume([value(1, null)], { bytes: forged, key: KEY }), `byte ${at}`).toMatchObject(refused)
      }
      for (const length of [0, 10, 32, bytes.length - 1]) {
        expect(await resume([value(1, null)], { bytes: bytes.subarray(0, length), key: KEY })).toMatchObject(refused)
      }
      expect(await resume([value(1, null)], { bytes, key: randomBytes(32) })).toMatchObject(refused)
      expect(await resume([value(1, null)])).toMatchObject({ value: "yes" })
    })
  })
}
