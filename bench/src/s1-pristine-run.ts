import ivm from "isolated-vm"
import { getQuickJS } from "quickjs-emscripten"
import { Machines } from "../../packages/wasm-bridge/src/machines.ts"
import type { Contender, Goal } from "./measure.ts"
import { HANDLER, INPUT, inThread, machineOptions } from "./sandbox-handler.ts"

/**
 * One run of a 1 KB handler that can see nothing of the run before it. Ours restores the image of the handler; `warm`
 * is the same guest code again and again in one machine that is never reset. The peers make a new runtime or context and
 * evaluate the handler in it, with the least prelude that makes it run: plain state and no recording of writes.
 */
const PEER = `(text) => {
  const { state: $state, args: $args, computed: $computed, nowMs } = JSON.parse(text)
  const effects = []
  const $emit = (name, payload) => effects.push({ name, payload })
  const $log = { warn: (...values) => effects.push({ values }) }
  const $id = () => Math.random().toString(36)
  const $now = () => nowMs
  const value = (() => { "use strict"; ${HANDLER} })()
  return JSON.stringify({ value, effects, $state })
}`
const TEXT = JSON.stringify(INPUT)
const SAMPLES = { warmups: 1500, samples: 1500 }

function warm(): Contender {
  const machines = new Machines(128 * 1024 * 1024, machineOptions())
  const image = machines.handler("bench", HANDLER, 1000)
  if (image.failure) throw new Error("the handler does not compile")
  const { context } = machines.take("bench", image.layers)
  const { door } = machines
  const input = { ...INPUT, effectBytes: 1024 * 1024, hostCalls: 100 }
  const run = () => {
    context.host.budget.begin(5000)
    const text = context.newString(JSON.stringify(input))
    const view = new DataView(context.instance.bytes().buffer)
    view.setUint32(door.argv, text, true)
    view.setUint32(door.argv + 4, image.handler, true)
    context.freeValue(context.call(door.turn, door.nothing, 2, door.argv))
    context.freeValue(text)
    context.runJobs()
    const collected = context.call(door.collect, door.nothing, 0, 0)
    const result = context.stringOf(collected)
    context.freeValue(collected)
    if (!result.startsWith("finished")) throw new Error(result)
    const [, , , value = 0, effects = 0] = result.slice(0, result.indexOf("\n")).split(",").map(Number)
    const start = result.indexOf("\n") + 1
    JSON.parse(result.slice(start, start + value))
    JSON.parse(result.slice(start + value, start + value + effects))
  }
  return { run, ...SAMPLES }
}

async function newQuickJS(): Promise<Contender> {
  const quickjs = await getQuickJS()
  const run = () => {
    const runtime = quickjs.newRuntime()
    const context = runtime.newContext()
    const callee = context.unwrapResult(context.evalCode(PEER))
    const text = context.newString(TEXT)
    const answer = context.unwrapResult(context.callFunction(callee, context.undefined, text))
    JSON.parse(context.getString(answer))
    for (const handle of [answer, text, callee]) handle.dispose()
    context.dispose()
    runtime.dispose()
  }
  return { run, ...SAMPLES }
}

function newIsolatedContext(): Contender {
  const isolate = new ivm.Isolate({ memoryLimit: 128 })
  const script = isolate.compileScriptSync(PEER)
  const run = () => {
    const context = isolate.createContextSync()
    const callee = script.runSync(context, { reference: true })
    JSON.parse(callee.applySync(undefined, [TEXT]))
    callee.release()
    context.release()
  }
  return { run, warmups: 300, samples: 500 }
}

export const goal: Goal = {
  id: "S1",
  what: "pristine run of a 1 KB handler",
  contenders: {
    "by reset": () => ({ run: inThread(), ...SAMPLES }),
    "warm, never reset": warm,
    "quickjs-emscripten, new runtime": newQuickJS,
    "isolated-vm, new context": newIsolatedContext,
  },
  claims: [
    { ours: "by reset", peer: "warm, never reset", timesSlower: 1.1 },
    { ours: "by reset", peer: "quickjs-emscripten, new runtime", timesFaster: 2.5 },
    { ours: "by reset", peer: "isolated-vm, new context", timesFaster: 4 },
  ],
}
