import { describe, expect, it } from "vitest"
import type { Sandbox } from "../src/index.ts"
import { describeOutcome, runRequest, TIGHT } from "./run-request.ts"

/** Looks everywhere a run could have left something, and says all it sees. */
const LOOK = `
  const seen = []
  const visited = new Set()
  const walk = (value, path, depth) => {
    if ((typeof value !== "object" && typeof value !== "function") || value === null || visited.has(value)) {
      seen.push(path + "=" + (typeof value === "symbol" ? "symbol" : String(typeof value === "function" ? "f" : value)).slice(0, 40))
      return
    }
    visited.add(value)
    if (depth > 4) return
    for (const key of Reflect.ownKeys(value)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(value, key)
      const flags = [descriptor.writable, descriptor.enumerable, descriptor.configurable].map((flag) => (flag ? 1 : 0)).join("")
      if ("value" in descriptor) walk(descriptor.value, path + "." + String(key) + flags, depth + 1)
      else seen.push(path + "." + String(key) + flags)
    }
  }
  walk(globalThis, "", 0)
  let hash = 7
  for (const char of seen.join("\\n")) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0
  return [seen.length, hash, $id(), $random(), Object.isExtensible(Array.prototype), [].length]`

/** A quick look at the places where the marks below are left. */
const GLANCE = `
  return [
    Reflect.ownKeys(globalThis).length, Reflect.ownKeys(Array.prototype).length, Reflect.ownKeys(Object.prototype).length,
    typeof mark, typeof late, typeof big, typeof a, typeof Map, typeof Function.prototype.call, typeof RegExp.prototype.exec,
    Object.isFrozen(Array.prototype), Object.isExtensible(globalThis), $id(), Math.random(), Date.now(), $state.items.length,
  ].join()`

/** Ways to leave something behind. */
const MARKS = [
  "globalThis.mark = $args.a",
  "Array.prototype.mark = 1",
  "Object.prototype.mark = 1",
  "JSON.parse = () => 1; Math.random = () => 0; Date.now = () => 0",
  "delete globalThis.Map; delete Array.prototype.map",
  "Object.freeze(Array.prototype); Object.preventExtensions(globalThis)",
  "Symbol.for('mark'); Function.prototype.call = null",
  "Object.setPrototypeOf(Object.getPrototypeOf(async function () {}), null)",
  "globalThis.a = Array.from({ length: 50000 }, (_, i) => ({ i }))",
  "$state.items.push({ id: $id() }); $state.title = 'x'.repeat(1000)",
  "await nexus.kv.get('s', 'k')",
  "queueMicrotask(() => { globalThis.late = 1 }); for (const r = new FinalizationRegistry(() => {}); ; ) { r.register({}, 1); break }",
  "const f = () => f(); f()",
  "globalThis.big = new ArrayBuffer(20e6)",
  "for(;;){}",
  "throw new Error('x')",
  "RegExp.prototype.exec = null; /(a)(b)/.test('ab'); Error.prepareStackTrace = () => 'mine'; Error.stackTraceLimit = 0",
]

export function runsStartPristine(sandbox: () => Sandbox): void {
  describe("a handler starts from a pristine sandbox: nothing of one run can be seen by the next", () => {
    it("over thousands of mixed runs of three tenants", async () => {
      const seed = 20_260
      let state = seed
      const chance = (below: number) => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
        return (state >>> 8) % below
      }
      const expected = new Map<string, unknown>()
      for (const look of [LOOK, GLANCE]) {
        const outcome = await sandbox().run(runRequest(look))
        expect(outcome.status, describeOutcome(outcome)).toBe("finished")
        expected.set(look, outcome.status === "finished" && outcome.value)
      }
      for (let round = 0; round < 50; round += 1) {
        const requests = Array.from({ length: 40 }, (_, index) => {
          const mark = chance(2) === 0 ? MARKS[chance(MARKS.length)] : undefined
          const tenant = `tenant_${chance(3)}`
          const look = index === 0 ? LOOK : GLANCE
          return {
            mark,
            look,
            request: runRequest(mark ?? look, { tenant, limits: mark ? { ...TIGHT, cpuMs: 20 } : {} }),
          }
        })
        const outcomes = await Promise.all(requests.map(({ request }) => sandbox().run(request)))
        for (const [index, { mark, look, request }] of requests.entries()) {
          const outcome = outcomes[index]
          if (outcome?.status === "waiting") sandbox().discard(request.id)
          if (!mark) expect(outcome, `seed ${seed}, round ${round}`).toMatchObject({ value: expected.get(look) })
        }
      }
    })

    it("and a run that went on after waiting leaves nothing either", async () => {
      const request = runRequest("globalThis.mark = 1\nawait nexus.sleep(1)\nreturn globalThis.mark")
      expect((await sandbox().run(request)).status).toBe("waiting")
      expect(await sandbox().run(runRequest("return typeof mark"))).toMatchObject({ value: "undefined" })
      const outcome = await sandbox().resume({
        id: request.id,
        replies: [{ id: 1, value: null }],
        input: request.input,
      })
      expect(outcome).toMatchObject({ value: 1 })
      expect(await sandbox().run(runRequest("return typeof mark"))).toMatchObject({ value: "undefined" })
    })
  })
}
