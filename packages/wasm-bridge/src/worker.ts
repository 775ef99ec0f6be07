import { readFileSync } from "node:fs"
import { Socket } from "node:net"
import { workerData } from "node:worker_threads"
import { v8 } from "./engines/v8.ts"
import { decodeToWorker, encodeFromWorker, FrameReader } from "./frame-bytes.ts"
import { type FromWorker, isNew, type ToWorker } from "./frames.ts"
import { guestSource } from "./guest-source.ts"
import { MAX_KEPT_BYTES, OTHER_VERSION } from "./kept-memory.ts"
import { checkedCompiledEngine, checkedEngine } from "./quickjs.ts"
import { Runs, type RunsOptions, refused, type TurnRequest, type TurnResult } from "./runs.ts"
import { decodeMemory, encodeMemory } from "./suspended-memory.ts"
import { warmUp } from "./warm-up.ts"
import { CHANNEL, DueTime, type WorkerData } from "./watchdog.ts"

/**
 * The one thread of a sandbox process that runs handlers. It reads its frames from the inherited channel itself, so a
 * run crosses no second queue, and tells the watchdog by shared memory when a run must be over.
 */
const { wasmFile, preludeFile, instances, library, due } = workerData as WorkerData

/** The engine and the interpreter as it takes it. Only a process that may load add-ons reads the other engine's code. */
async function loaded(): Promise<Pick<RunsOptions, "engine" | "wasm">> {
  const wasm = readFileSync(wasmFile)
  if (library === "") return { engine: v8, wasm: checkedEngine(wasm) }
  const { wasmEdge } = await import("./engines/wasmedge/engine.ts")
  return { engine: wasmEdge(library), wasm: checkedCompiledEngine(wasm) }
}

const dueTime = new DueTime(due)
const runs = new Runs({
  ...(await loaded()),
  // TypeScript where nothing could be made ahead.
  prelude: preludeFile.endsWith(".ts") ? guestSource(preludeFile) : readFileSync(preludeFile, "utf8"),
  instances,
  watch: dueTime,
  cpuClock: () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  },
})
const channel = new Socket({ fd: CHANNEL, readable: true, writable: true })
const reader = new FrameReader()
const queue: ToWorker[] = []
let outgoing: Buffer[] = []

/** After a run this long, frames that came meanwhile are read before the next run: one may cancel it. */
const LONG_RUN_MS = 5

channel.on("data", (chunk: Buffer) => {
  const idle = queue.length === 0
  for (const body of reader.read(chunk)) accept(decodeToWorker(body))
  if (idle) work()
})

function accept(frame: ToWorker): void {
  if (frame.kind !== "cancel") {
    queue.push(frame)
    return
  }
  const index = queue.findIndex((queued) => isNew(queued) && queued.call === frame.call)
  if (index < 0) return
  queue.splice(index, 1)
  say({ kind: "cancelled", call: frame.call })
  flush()
}

function work(): void {
  for (let frame = queue[0]; frame; frame = queue[0]) {
    const began = performance.now()
    take(frame)
    queue.shift()
    if (performance.now() - began < LONG_RUN_MS) continue
    flush()
    if (queue.length > 0) {
      setImmediate(work)
      return
    }
  }
  flush()
  setImmediate(prewarm)
}

/** Nothing to run: instances are made ahead, one at a time, so that a frame that comes meanwhile waits for one at most. */
function prewarm(): void {
  if (queue.length === 0 && runs.prewarm()) setImmediate(prewarm)
}

function take(frame: ToWorker): void {
  if (isNew(frame) || frame.kind === "resume") dueTime.call = frame.call
  if (frame.kind === "start") answer(frame.call, frame.request.id, runs.start(frame.request))
  else if (frame.kind === "resume") answer(frame.call, frame.id, runs.resume(frame.id, frame.input, frame.nowMs))
  else if (frame.kind === "revive") answer(frame.call, frame.request.id, revived(frame.request, frame.memory))
  else if (frame.kind === "suspend") suspend(frame.call, frame.id)
  else if (frame.kind === "discard") runs.discard(frame.id)
}

function revived(request: TurnRequest, memory: Uint8Array): TurnResult {
  try {
    const suspension = decodeMemory(memory, runs.image(request.limits.memoryBytes))
    return suspension ? runs.revive(request, suspension) : refused(OTHER_VERSION)
  } catch (error) {
    return refused({ code: "sandbox-crashed", detail: `the kept run does not go on: ${String(error)}` })
  }
}

function suspend(call: number, id: string): void {
  const suspended = runs.suspend(id)
  const memory = suspended && encodeMemory(suspended, suspended.image)
  if (memory && memory.length <= MAX_KEPT_BYTES) {
    runs.discard(id)
    say({ kind: "suspended", call, memory })
  } else say({ kind: "unknown", call })
}

function answer(call: number, id: string, result: TurnResult | undefined): void {
  say(result ? { kind: "result", call, id, result } : { kind: "unknown", call })
}

function say(frame: FromWorker): void {
  outgoing.push(encodeFromWorker(frame))
}

function flush(): void {
  if (outgoing.length === 0) return
  channel.write(outgoing.length === 1 ? (outgoing[0] ?? "") : Buffer.concat(outgoing))
  outgoing = []
}

warmUp(runs)
say({ kind: "ready" })
flush()
setImmediate(prewarm)
