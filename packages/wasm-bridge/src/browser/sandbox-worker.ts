import { ENGINE_SHA256 } from "../engine-hash.ts"
import { v8 } from "../engines/v8.ts"
import { type FromWorker, fieldsFrom, isNew, type ToWorker } from "../frames.ts"
import { MAX_KEPT_BYTES, OTHER_VERSION } from "../kept-memory.ts"
import { Runs, refused, type TurnRequest, type TurnResult } from "../runs.ts"
import type { Running, ToSandboxWorker } from "./messages.ts"
import { giveUpPowers } from "./powers.ts"
import { prelude } from "./prelude.ts"
import { decodeMemory, encodeMemory, sha256 } from "./suspended-memory.ts"

/**
 * The worker of a page that runs handlers, one at a time and in the order they came. It says when a call begins, so that
 * the page can end it; it reads no clock but the one on the wall, for a browser has no other.
 */
let runs: Runs | undefined
let running = 0
let working = false
const queue: ToWorker[] = []

/** After a run this long, messages that came meanwhile are heard before the next run: one may cancel it. */
const LONG_RUN_MS = 5
/** Waiting runs that keep their instance. Each takes 10 GB of the one terabyte of addresses that a page has. */
const AWAKE = 16
/** A worker's own stack has half a megabyte, which is full before the interpreter's is at 256 KB. */
const STACK_BYTES = 64 * 1024

giveUpPowers()
addEventListener("message", ({ data }: MessageEvent<ToSandboxWorker>) => {
  if (data.kind === "begin") orEnd(begin(data.engine, data.instances))
  else if (data.kind === "cancel") cancel(data.call)
  else if (queue.push(data) && !working) orEnd(work())
})

/** What goes wrong here is ours, and ends the worker: the page hears of errors, but of no rejection. */
function orEnd(task: Promise<void>): void {
  task.catch((error: unknown) =>
    setTimeout(() => {
      throw error
    }),
  )
}

/** Rejects, and so ends the worker, when the interpreter is not the one the suite was run against. */
async function begin(wasm: Uint8Array<ArrayBuffer>, instances: number): Promise<void> {
  const found = await sha256(wasm)
  if (found !== ENGINE_SHA256) throw new Error(`the interpreter has sha256 ${found} instead of ${ENGINE_SHA256}`)
  const begin = (budgetMs: number) => postMessage(["running", running, budgetMs] satisfies Running)
  const watch = { begin, machineReady: begin, end: () => {} }
  runs = new Runs({
    engine: v8,
    wasm,
    prelude,
    instances,
    watch,
    awake: AWAKE,
    stackBytes: STACK_BYTES,
    cpuClock: () => performance.now(),
  })
  say({ kind: "ready" })
  prewarm()
}

function cancel(call: number): void {
  const index = queue.findIndex((frame) => isNew(frame) && frame.call === call)
  if (index >= 0 && queue.splice(index, 1)) say({ kind: "cancelled", call })
}

async function work(): Promise<void> {
  working = true
  for (let frame = queue.shift(); frame && runs; frame = queue.shift()) {
    const began = performance.now()
    await take(runs, frame)
    if (performance.now() - began >= LONG_RUN_MS) await new Promise((resolve) => setTimeout(resolve))
  }
  working = false
  setTimeout(prewarm)
}

/** Nothing to run: instances are made ahead, one at a time, so that what comes meanwhile waits for one at most. */
function prewarm(): void {
  if (!working && runs?.prewarm()) setTimeout(prewarm)
}

async function take(runs: Runs, frame: ToWorker): Promise<void> {
  if (frame.kind === "discard") return runs.discard(frame.id)
  running = frame.call
  if (frame.kind === "start") answer(frame.call, frame.request.id, runs.start(frame.request))
  else if (frame.kind === "resume") answer(frame.call, frame.id, runs.resume(frame.id, frame.input, frame.nowMs))
  else if (frame.kind === "revive") {
    answer(frame.call, frame.request.id, await revived(runs, frame.request, frame.memory))
  } else if (frame.kind === "suspend") await suspend(runs, frame.call, frame.id)
}

async function revived(runs: Runs, request: TurnRequest, memory: Uint8Array): Promise<TurnResult> {
  try {
    const suspension = await decodeMemory(memory, runs.image(request.limits.memoryBytes))
    return suspension ? runs.revive(request, suspension) : refused(OTHER_VERSION)
  } catch (error) {
    return refused({ code: "sandbox-crashed", detail: `the kept run does not go on: ${String(error)}` })
  }
}

async function suspend(runs: Runs, call: number, id: string): Promise<void> {
  const suspended = runs.suspend(id)
  const memory = suspended && (await encodeMemory(suspended, suspended.image))
  if (memory && memory.length <= MAX_KEPT_BYTES) {
    runs.discard(id)
    say({ kind: "suspended", call, memory })
  } else say({ kind: "unknown", call })
}

function answer(call: number, id: string, result: TurnResult | undefined): void {
  say(result ? { kind: "result", call, id, result } : { kind: "unknown", call })
}

function say(frame: FromWorker): void {
  postMessage(fieldsFrom(frame))
}
