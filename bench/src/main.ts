import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { cpus } from "node:os"
import type { Claim, Figures, Goal } from "./measure.ts"
import { measure } from "./measure.ts"

// `node src/main.ts [goal…]`: measures the named goals (or all), prints one table and keeps it in results/.

interface Row {
  readonly goal: string
  readonly what: string
  readonly ours: string
  readonly peer: string
  readonly ratio: string
  readonly wanted: string
  readonly met: boolean
}

const here = new URL(".", import.meta.url)
const results = new URL("../results/", import.meta.url)
const wanted = process.argv.slice(2).map((name) => name.toLowerCase())
const files = readdirSync(here)
  .filter((name) => /^[a-z]\d+.*\.ts$/.test(name))
  .filter((name) => wanted.length === 0 || wanted.some((goal) => name.startsWith(goal)))
  .sort()

const rows: Row[] = keptRows()
for (const name of files) {
  const file = new URL(name, here).href
  const { goal }: { goal: Goal } = await import(file)
  const figures = await measure(file, goal)
  const measured = goal.claims.map((claim) => rowOf(goal, claim, figures))
  rows.splice(0, rows.length, ...rows.filter((row) => row.goal !== goal.id), ...measured)
  for (const row of measured) console.log(lineOf(row))
}
rows.sort((a, b) => a.goal.localeCompare(b.goal))
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`
mkdirSync(results, { recursive: true })
writeFileSync(new URL("latest.json", results), `${JSON.stringify({ machine, rows }, null, 2)}\n`)
const table = [lineOf(undefined), "|---|---|---|---|---|---|---|", ...rows.map(lineOf)].join("\n")
writeFileSync(
  new URL("table.md", results),
  `# Measured\n\nOn ${machine}. Ratios hold from machine to machine, times do not.\n\n${table}\n`,
)
console.log(`\n${table}`)

/** The rows of goals that were measured before and are not measured now. */
function keptRows(): Row[] {
  try {
    const kept: { rows: Row[] } = JSON.parse(readFileSync(new URL("latest.json", results), "utf8"))
    return kept.rows
  } catch {
    return []
  }
}

function rowOf(goal: Goal, claim: Claim, figures: ReadonlyMap<string, Figures>): Row {
  const figure = claim.figure ?? "p50"
  const ours = figures.get(claim.ours)?.[figure] ?? Number.NaN
  const peer = claim.peer === undefined ? Number.NaN : (figures.get(claim.peer)?.[figure] ?? Number.NaN)
  if (claim.atMost !== undefined) {
    const { unit = "" } = claim
    const counted = { goal: goal.id, what: goal.what, ours: `${claim.ours} ${ours} ${unit}`, peer: "–", ratio: "–" }
    return { ...counted, wanted: `≤ ${claim.atMost} ${unit}`, met: ours <= claim.atMost }
  }
  if (claim.atLeast !== undefined) {
    const counted = { goal: goal.id, what: goal.what, ours: `${claim.ours} ${ours}`, peer: "–", ratio: "–" }
    return { ...counted, wanted: `≥ ${claim.atLeast}`, met: ours >= claim.atLeast }
  }
  const named = (name: string, ms: number) => `${name} ${figure === "p99" ? "p99 " : ""}${ms.toPrecision(3)} ms`
  const base = {
    goal: goal.id,
    what: goal.what,
    ours: named(claim.ours, ours),
    peer: claim.peer === undefined ? "–" : named(claim.peer, peer),
  }
  if (claim.timesFaster !== undefined) {
    const ratio = peer / ours
    return { ...base, ratio: ratio.toFixed(2), wanted: `≥ ${claim.timesFaster}`, met: ratio >= claim.timesFaster }
  }
  if (claim.timesSlower !== undefined) {
    const ratio = ours / peer
    return { ...base, ratio: ratio.toFixed(2), wanted: `≤ ${claim.timesSlower}`, met: ratio <= claim.timesSlower }
  }
  const limit = claim.atMostMs ?? Number.POSITIVE_INFINITY
  return { ...base, ratio: "–", wanted: `≤ ${limit} ms`, met: ours <= limit }
}

function lineOf(row: Row | undefined): string {
  if (row === undefined) return "| goal | what | ours | peer | ratio | wanted | met |"
  const { goal, what, ours, peer, ratio, wanted, met } = row
  return `| ${[goal, what, ours, peer, ratio, wanted, met ? "yes" : "no"].join(" | ")} |`
}
