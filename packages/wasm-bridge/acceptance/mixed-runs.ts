import { expect } from "vitest"
import type { Sandbox } from "../src/index.ts"
import { describeOutcome, runRequest, TIGHT } from "./run-request.ts"

/**
 * Runs of three tenants, some of which leave behind whatever a run can, and some of which look around: they must see the
 * same as in the very first run. A seed makes the same runs again.
 */
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

/** What the two looks see where nothing ever ran. */
export async function seenAtFirst(sandbox: Sandbox): Promise<ReadonlyMap<string, unknown>> {
  const seen = new Map<string, unknown>()
  for (const look of [LOOK, GLANCE]) {
    const outcome = await sandbox.run(runRequest(look))
    expect(outcome.status, describeOutcome(outcome)).toBe("finished")
    seen.set(look, outcome.status === "finished" && outcome.value)
  }
  return seen
}

export const RUNS_A_ROUND = 40

/** One round of runs side by side. */
export async function mixedRuns(sandbox: Sandbox, seed: number, expected: ReadonlyMap<string, unknown>): Promise<void> {
  let state = Math.imul(seed, 2_654_435_761) & 0x7fff_ffff
  const chance = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return (state >>> 8) % below
  }
  const runs = Array.from({ length: RUNS_A_ROUND }, (_, index) => {
    const mark = chance(2) === 0 ? MARKS[chance(MARKS.length)] : undefined
    const look = index === 0 ? LOOK : GLANCE
    const limits = mark ? { ...TIGHT, cpuMs: 20 } : {}
    return { mark, look, request: runRequest(mark ?? look, { tenant: `tenant_${chance(3)}`, limits }) }
  })
  const outcomes = await Promise.all(runs.map(({ request }) => sandbox.run(request)))
  for (const [index, { mark, look, request }] of runs.entries()) {
    const outcome = outcomes[index]
    if (outcome?.status === "waiting") sandbox.discard(request.id)
    if (!mark) expect(outcome, `seed ${seed}, run ${index}`).toMatchObject({ value: expected.get(look) })
  }
}
