import { describe, expect, it } from "vitest"
import type { Sandbox } from "../src/index.ts"
import { runRequest } from "./run-request.ts"

export function handlersSeeTheirNames(sandbox: () => Sandbox): void {
  const returned = async (source: string, choices?: Parameters<typeof runRequest>[1]) => {
    const outcome = await sandbox().run(runRequest(source, choices))
    return outcome.status === "finished" ? outcome.value : outcome
  }
  const effectsOf = async (source: string) => (await sandbox().run(runRequest(source))).effects

  describe("a handler", () => {
    it("returns JSON, and nothing returned is null", async () => {
      expect(await returned("return { a: [1, 'ü€😀', true, null], b: undefined }")).toEqual({
        a: [1, "ü€😀", true, null],
      })
      expect(await returned("")).toBeNull()
    })

    it("keeps a lone surrogate and a zero character from breaking the text", async () => {
      expect(await returned("return ['\\ud800x', 'a\\0b'].map((s) => s.length)")).toEqual([2, 3])
      expect(await returned("return 'a\\0b'")).toBe("a\0b")
    })

    it("returns a property named __proto__ as data", async () => {
      const value = await returned(`return JSON.parse('{"__proto__": {"admin": true}, "a": 1}')`)
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect(JSON.stringify(value)).toBe('{"__proto__":{"admin":true},"a":1}')
    })

    it("reads and writes $state, at the finest path", async () => {
      expect(
        await effectsOf("$state.items.find((item) => item.id === 'bread').price = $state.items[0].price + 8"),
      ).toEqual([{ kind: "state_set", path: ["items", { key: "bread" }, "price"], value: 9 }])
      expect(await effectsOf("$state.items.push({ id: 'jam' })\ndelete $state.title")).toEqual([
        { kind: "state_splice", path: ["items"], index: 2, after: "bread", remove: [], insert: [{ id: "jam" }] },
        { kind: "state_unset", path: ["title"] },
      ])
    })

    it("seals a written value when it is written", async () => {
      const [effect] = await effectsOf("const value = { n: 1 }\n$state.title = value\nvalue.n = 2")
      expect(effect).toMatchObject({ value: { n: 1 } })
    })

    it("reads $args, $computed and $imports", async () => {
      expect(await returned("return [$args.a, $computed.open, $imports.other.total]")).toEqual([1, 2, 5])
    })

    it("cannot write $computed and $imports, at any depth", async () => {
      for (const target of ["$computed.open", "$imports.other.total", "$imports.other"]) {
        expect(await returned(`${target} = 7`)).toMatchObject({ failure: { code: "handler-failed" } })
      }
    })

    it("emits, logs and moves the view in the order it asks", async () => {
      const source = `$emit("bought", { id: 1 })\n$view.toast("done")\n$log.warn("n", 1, { a: 1 })\nconsole.log("x")\n$view.open("p")`
      expect(await effectsOf(source)).toEqual([
        { kind: "emit", name: "bought", payload: { id: 1 } },
        { kind: "view", command: "toast", argument: "done" },
        { kind: "log", level: "warn", message: 'n 1 {"a":1}', line: 3, column: 6 },
        { kind: "log", level: "info", message: "x", line: 4, column: 9 },
        { kind: "view", command: "open", argument: "p" },
      ])
    })

    it("replays exactly from the same input: ids, chance and time", async () => {
      const source =
        "return [$id(), $random(), Math.random(), $now(), Date.now(), new Date().toISOString(), performance.now()]"
      const first = await returned(source)
      expect(await returned(source)).toEqual(first)
      expect(first).toMatchObject({
        0: expect.stringMatching(/^[0-9a-z]{16}$/),
        3: 1_700_000_000_000,
        4: 1_700_000_000_000,
      })
      expect(await returned(source, { input: { seed: 43 } })).not.toEqual(first)
      expect(await returned("return $id()", { input: { seed: 42 + 2 ** 40 } })).not.toEqual(
        await returned("return $id()"),
      )
    })

    it("draws chance evenly", async () => {
      const source =
        "const bins = Array(10).fill(0)\nfor (let i = 0; i < 10000; i++) bins[Math.floor($random() * 10)]++\nreturn bins"
      const bins = await returned(source)
      for (const count of bins as number[]) expect(count).toBeGreaterThan(850)
    })

    it("is strict code with the language's own names and no others", async () => {
      expect(await returned("undeclared = 1")).toMatchObject({ failure: { code: "handler-failed" } })
      const names = await returned(
        "return Object.getOwnPropertyNames(globalThis).filter((name) => /^[a-z_$]/.test(name)).sort()",
      )
      expect(names).toMatchSnapshot()
    })

    it("reaches its prelude's names by their lower names too", async () => {
      expect(await returned("return [__nexus_now(), __nexus_random() < 1, __nexus_state_get().count]")).toEqual([
        1_700_000_000_000,
        true,
        0,
      ])
      expect(await effectsOf("__nexus_emit('x', 1)\n__nexus_log('error', 'y')\n__nexus_view('focus', 'z')")).toEqual([
        { kind: "emit", name: "x", payload: 1 },
        { kind: "log", level: "error", message: "y", line: 2, column: 1 },
        { kind: "view", command: "focus", argument: "z" },
      ])
    })

    it("breaks only itself when it redefines what the prelude uses", async () => {
      const source = `
        JSON.stringify = () => "[]"; JSON.parse = () => null; Promise.prototype.then = null; Reflect.apply = null
        String.prototype.slice = null
        Object.freeze = null; Array.isArray = null; Math.floor = null; globalThis.Promise = null; globalThis.Error = null; globalThis.String = null
        $emit("still", { here: 1 })
        return "fine"`
      const outcome = await sandbox().run(runRequest(source))
      expect(outcome).toMatchObject({
        status: "finished",
        value: "fine",
        effects: [{ name: "still", payload: { here: 1 } }],
      })
    })
  })
}
