import { readFileSync } from "node:fs"
import type { RunRequest } from "@nexus/protocol"
import { v8 } from "../../packages/wasm-bridge/src/engines/v8.ts"
import { guestSource, recorderFile } from "../../packages/wasm-bridge/src/guest-source.ts"
import type { MachineOptions } from "../../packages/wasm-bridge/src/machines.ts"
import { checkedEngine, engineFile } from "../../packages/wasm-bridge/src/quickjs.ts"
import { Runs } from "../../packages/wasm-bridge/src/runs.ts"

/** The handler of S1 and S2, 1 KB of ordinary code: reads its arguments, computes, writes state once, emits, answers. */
export const HANDLER = `
// Adds up one order: the price of every line, a discount for regular customers, tax by region.
const lines = $args.lines
const regions = { north: 0.19, south: 0.21, east: 0.07 }
const names = []
let net = 0
for (const line of lines) {
  if (!line.name || !(line.count > 0)) throw new Error("A line needs a name and a count: " + line.name)
  const words = line.name.trim().split(" ")
  names.push(words.map((word) => word[0].toUpperCase() + word.slice(1)).join(" "))
  net += line.price * line.count
}
const regular = $args.visits >= 10
const discount = regular ? Math.min(net * 0.05, 25) : 0
const rate = regions[$args.region] ?? 0.19
const tax = Math.round((net - discount) * rate * 100) / 100
const total = Math.round((net - discount + tax) * 100) / 100
$state.total = total
if (total > $computed.limit) $log.warn("over the limit", total)
$emit("ordered", { total, names })
const summary = { id: $id(), at: $now(), lines: lines.length, names, net, discount, tax, total, regular }
return summary
`

export const INPUT = {
  state: { total: 0, note: "" },
  args: {
    region: "south",
    visits: 12,
    lines: [
      { name: "green apples", price: 1.2, count: 6 },
      { name: "rye bread", price: 3.4, count: 1 },
      { name: "milk", price: 0.99, count: 4 },
    ],
  },
  computed: { limit: 100 },
  imports: {},
  nowMs: 1_700_000_000_000,
  seed: 42,
}

const LIMITS = {
  cpuMs: 5000,
  memoryBytes: 128 * 1024 * 1024,
  stackBytes: 256 * 1024,
  hostCalls: 10_000,
  effectBytes: 1024 * 1024,
  resultBytes: 1024 * 1024,
}

export function orderRequest(id: string): RunRequest {
  const place = { panel: "panel_1", tenant: "bench", handler: "order", line: 1 }
  return { id, ...place, source: HANDLER, input: INPUT, limits: LIMITS }
}

/** What one thread of the sandbox is made of. */
export function machineOptions(): MachineOptions {
  return {
    engine: v8,
    wasm: checkedEngine(readFileSync(engineFile())),
    prelude: guestSource(recorderFile()),
    instances: 4,
    cpuClock: () => {
      const { user, system } = process.threadCpuUsage()
      return (user + system) / 1000
    },
  }
}

/** The sandbox without its process, on V8 unless said: input to text, one pristine run, result from text. */
export function inThread(options = machineOptions()): () => void {
  const runs = new Runs(options)
  const { effectBytes, hostCalls } = LIMITS
  return () => {
    const input = JSON.stringify({ ...INPUT, effectBytes, hostCalls })
    const result = runs.start({ ...orderRequest("run"), input, nowMs: INPUT.nowMs })
    if (result.status !== "finished") throw new Error(JSON.stringify(result.failure))
    JSON.parse(result.value)
    JSON.parse(result.effects)
  }
}
