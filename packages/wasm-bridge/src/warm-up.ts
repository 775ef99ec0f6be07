import type { Runs } from "./runs.ts"

/**
 * What a new runner runs before it takes calls. An engine compiles the interpreter piece by piece as it is first used,
 * tens of milliseconds of the first handler's budget; a small budget would be used up by that alone.
 */
const SOURCE = `
const lines = $args.lines.map((line) => ({ ...line, name: line.name.trim().toUpperCase().replace(/[^A-Z]+/g, "-") }))
const total = lines.reduce((sum, { price, count }) => sum + price * count, 0)
$state.items.push(...lines)
$state.items[0].price = Math.round(total * 100) / 100
$state.items.sort((a, b) => a.price - b.price)
$state.title = \`\${$id()} \${$random() < 2} \${new Date($now()).toISOString().slice(0, 10)}\`
$log.info("warm", lines.length)
$emit("warm", { total })
const names = new Map(lines.map(({ name, price }) => [name, price]))
try { null.name } catch (error) { names.set(error.message, 0) }
await Promise.all([...names.keys()].map(async (name) => name.split("-").join()))
return { total, names: [...names], computed: Object.keys($computed) }`

/** The way of a failure is another one. */
const FAILS = `
const deeper = () => deeper() + 1
$log.warn("warm", { failing: true })
deeper()`

const LINES = [
  { name: "green apples", price: 1.2, count: 6 },
  { name: "rye bread", price: 3.4, count: 1 },
]
const ROUNDS = 4
const LIMITS = {
  cpuMs: 5000,
  memoryBytes: 128 * 1024 * 1024,
  stackBytes: 256 * 1024,
  hostCalls: 10,
  effectBytes: 1024 * 1024,
  resultBytes: 1024 * 1024,
}

export function warmUp(runs: Runs): void {
  const { effectBytes, hostCalls } = LIMITS
  const state = { title: "", items: [{ name: "milk", price: 1, count: 2 }] }
  const world = { state, args: { lines: LINES }, computed: { open: 2 }, imports: {}, nowMs: 1_700_000_000_000, seed: 1 }
  const input = JSON.stringify({ ...world, effectBytes, hostCalls })
  const request = { tenant: "", handler: "warm", line: 1, input, nowMs: world.nowMs, limits: LIMITS }
  for (let round = 0; round < ROUNDS; round += 1) {
    const { status, failure } = runs.start({ ...request, source: SOURCE, id: `warm_${round}` })
    if (status !== "finished") throw new Error(`the first run did not finish: ${JSON.stringify(failure)}`)
    runs.start({ ...request, source: FAILS, id: `warm_failing_${round}` })
  }
}
