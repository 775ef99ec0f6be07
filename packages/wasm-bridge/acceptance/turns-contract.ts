import type { HostReply, Json, Outcome, RunInput } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import type { Sandbox } from "../src/index.ts"
import { runRequest } from "./run-request.ts"

export function turnsAreWholeAndResumable(sandbox: () => Sandbox): void {
  const begin = async (source: string, choices?: Parameters<typeof runRequest>[1]) => {
    const request = runRequest(source, choices)
    const outcome = await sandbox().run(request)
    const resume = (replies: readonly HostReply[], input: Partial<RunInput> = {}): Promise<Outcome> =>
      sandbox().resume({ id: request.id, replies, input: { ...request.input, ...input } })
    return { id: request.id, outcome, resume }
  }
  const value = (id: number, answer: Json): HostReply => ({ id, value: answer })

  describe("a run", () => {
    it("ends its turn when all it can do is wait, and goes on with the answers", async () => {
      const { outcome, resume } = await begin("const seen = await nexus.kv.get('shop', 'seen')\nreturn seen + 1")
      expect(outcome).toMatchObject({
        status: "waiting",
        calls: [{ id: 1, capability: "kv", method: "get", args: ["shop", "seen"] }],
        usage: { hostCalls: 1 },
      })
      expect(await resume([value(1, 41)])).toMatchObject({ status: "finished", value: 42 })
    })

    it("hands over the effects of each turn once", async () => {
      const { outcome, resume } = await begin("$emit('one', 1)\nawait nexus.sleep(5)\n$emit('two', 2)")
      expect(outcome.effects).toEqual([{ kind: "emit", name: "one", payload: 1 }])
      expect((await resume([value(1, null)])).effects).toEqual([{ kind: "emit", name: "two", payload: 2 }])
    })

    it("sees the world of the moment it goes on", async () => {
      const { resume } = await begin("await nexus.sleep('3d')\nreturn [$state.count, $computed.open, $now(), $args.a]")
      const outcome = await resume([value(1, null)], {
        state: { count: 9 },
        computed: { open: 8 },
        nowMs: 1_800_000_000_000,
      })
      expect(outcome).toMatchObject({ value: [9, 8, 1_800_000_000_000, 1] })
    })

    it("writes through a part of $state it held while it waited, on the state of now", async () => {
      const { resume } = await begin(`
        const item = $state.items[0]
        item.price = (await nexus.http.fetch("https://x.example/")).json().price
        return $state.items.map((other) => other.price)`)
      const items = [
        { id: "eggs", price: 7 },
        { id: "milk", price: 1 },
      ]
      const outcome = await resume([value(1, { status: 200, headers: {}, body: '{"price":3}' })], { state: { items } })
      expect(outcome).toMatchObject({ status: "finished", value: [7, 3] })
      expect(outcome.effects).toEqual([{ kind: "state_set", path: ["items", { key: "milk" }, "price"], value: 3 }])
    })

    it("warns when an object is changed after it was put into $state, where the change is lost", async () => {
      const source = (last: string) => `const item = { id: "b", tags: [] }
        $state.items.push(item)
        await nexus.sleep(1)
        ${last}`
      const ended = async (last: string) => {
        const { resume } = await begin(source(last))
        return resume([value(1, null)], { state: { items: [{ id: "b", tags: [] }] } })
      }
      const warning = "What was put at $state.items[2] was changed afterwards; the state holds it as it was then. "
      expect((await ended("item.tags.push('late')")).effects).toEqual([
        { kind: "log", level: "warn", message: `${warning}Change it through $state instead.` },
      ])
      expect((await ended("$state.items[0].tags.push('in time')")).effects).toMatchObject([{ kind: "state_splice" }])
      expect((await ended("return item.id")).effects).toEqual([])
    })

    it("says so when the part of $state it held is gone", async () => {
      const { resume } = await begin("const item = $state.items[0]\nawait nexus.sleep(1)\nitem.price = 5")
      const outcome = await resume([value(1, null)], { state: { items: [] } })
      expect(outcome).toMatchObject({
        failure: { code: "handler-failed", message: expect.stringContaining("read it from $state again") },
      })
    })

    it("asks several things at once and takes the answers as they come", async () => {
      const { outcome, resume } = await begin(
        "return await Promise.all([nexus.kv.get('s', 'a'), nexus.kv.get('s', 'b')])",
      )
      expect(outcome).toMatchObject({ calls: [{ id: 1 }, { id: 2 }] })
      expect(await resume([value(2, "b")])).toMatchObject({ status: "waiting", calls: [] })
      expect(await resume([value(1, "a")])).toMatchObject({ status: "finished", value: ["a", "b"] })
    })

    it("finishes without the slower one of a race", async () => {
      const { resume } = await begin("return await Promise.race([nexus.sleep('1h'), nexus.kv.get('s', 'a')])")
      expect(await resume([value(2, "quick")])).toMatchObject({ status: "finished", value: "quick" })
    })

    it("hands over calls that nobody awaits before it finishes", async () => {
      const { outcome, resume } = await begin("nexus.kv.set('s', 'a', 1)\nreturn 'done'")
      expect(outcome).toMatchObject({ status: "waiting", calls: [{ method: "set" }] })
      expect(await resume([value(1, null)])).toMatchObject({ status: "finished", value: "done", effects: [] })
    })

    it("hands over no calls of a turn that failed", async () => {
      const { outcome } = await begin("nexus.kv.set('s', 'a', 1)\nthrow new Error('no')")
      expect(outcome.status).toBe("failed")
      expect(outcome).not.toHaveProperty("calls")
    })

    it("catches a refused call with its code", async () => {
      const { resume } = await begin(
        "try { await nexus.ai.complete('hi') } catch (error) { return [error.code, error.message] }",
      )
      const outcome = await resume([{ id: 1, error: { code: "capability-denied", message: "Declare ai." } }])
      expect(outcome).toMatchObject({ value: ["capability-denied", "Declare ai."] })
    })

    it("fails with a refused call it does not catch, at its line", async () => {
      const { resume } = await begin("\nawait nexus.ai.complete('hi')", { line: 5 })
      const outcome = await resume([{ id: 1, error: { code: "capability-denied", message: "Declare ai." } }])
      expect(outcome).toMatchObject({ failure: { code: "handler-failed", message: "HostCallError: Declare ai." } })
    })

    it("draws new chance after waiting, the same in every replay", async () => {
      const play = async () => {
        const { outcome, resume } = await begin("const a = $random()\nawait nexus.sleep(1)\nreturn [a, $random()]")
        expect(outcome.status).toBe("waiting")
        return resume([value(1, null)])
      }
      const first = await play()
      const again = await play()
      const [a, b] = first.status === "finished" ? (first.value as number[]) : []
      expect(a).not.toBe(b)
      expect(again).toMatchObject({ value: [a, b] })
    })

    it("waits beside hundreds of others", async () => {
      const waiting = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          begin(`const n = ${index}\nreturn n + (await nexus.kv.get('s', 'a'))`),
        ),
      )
      expect(sandbox().metrics().waiting).toBeGreaterThanOrEqual(200)
      const outcomes = await Promise.all(waiting.map(({ resume }) => resume([value(1, 1000)])))
      expect(outcomes.map((outcome) => outcome.status === "finished" && outcome.value)).toEqual(
        waiting.map((_, index) => 1000 + index),
      )
    })

    it("is forgotten when it is discarded", async () => {
      const { id, resume } = await begin("await nexus.sleep(1)")
      sandbox().discard(id)
      expect(await resume([value(1, null)])).toMatchObject({ failure: { code: "sandbox-crashed" } })
    })

    it("keeps its id to itself while it waits", async () => {
      const { id } = await begin("await nexus.sleep(1)")
      expect(await sandbox().run(runRequest("return 1", { id }))).toMatchObject({ failure: { code: "conflict" } })
      sandbox().discard(id)
    })

    it("counts host calls over all its turns", async () => {
      const { resume } = await begin("for(;;) await nexus.kv.get('s', 'k')", { limits: { hostCalls: 3 } })
      await resume([value(1, 0)])
      expect(await resume([value(2, 0)])).toMatchObject({ status: "waiting", calls: [{ id: 3 }] })
      expect(await resume([value(3, 0)])).toMatchObject({ failure: { code: "quota-exceeded", limit: 3, used: 4 } })
    })

    it("names each capability by its type", async () => {
      const { outcome } = await begin(`
        nexus.http.fetch("https://x.example/", { method: "POST", body: "b" }); nexus.files.read("a"); nexus.files.write("a", "b")
        nexus.db.select("t", {}); nexus.db.insert("t", {}); nexus.panels.read("p", "s"); nexus.panels.call("p", "tool", {})
        nexus.ai.complete("x"); nexus.sleep("90s"); nexus.ask("Ship it?"); nexus.events.emit("e", 1); __nexus_call("kv", "list", ["s"])`)
      const calls = outcome.status === "waiting" ? outcome.calls : []
      expect(calls.map(({ capability, method }) => `${capability} ${method}`)).toEqual([
        "http fetch",
        "files:read read",
        "files:write write",
        "db:read select",
        "db:write insert",
        "panels:read read",
        "panels:call call",
        "ai complete",
        "time sleep",
        "ask ask",
        "events emit",
        "kv list",
      ])
      expect(calls[0]?.args).toEqual(["https://x.example/", { method: "POST", body: "b" }])
      expect(calls[8]?.args).toEqual([90_000])
    })

    it("refuses a duration it cannot read", async () => {
      const { outcome } = await begin("await nexus.sleep('soon')")
      expect(outcome).toMatchObject({ failure: { code: "handler-failed", message: expect.stringContaining('"soon"') } })
    })
  })
}
