import type { SandboxMetrics } from "@nexus/wasm-bridge"
import { labelled, metricLines } from "./metric-lines.ts"

const { gauge, counter } = metricLines("sandbox")

/** What the sandbox counts, in Prometheus' text format: how much of the pool is in use, who waits, what was stopped. */
export function sandboxMetricsText(metrics: SandboxMetrics): string[] {
  const { processes, most, busy, running, queued, waiting, turns, restarts, failures, kills, images } = metrics
  return [
    ...gauge("processes", processes),
    ...gauge("processes_most", most),
    ...gauge("processes_busy", busy),
    ...gauge("running", running),
    ...gauge("queued", queued),
    ...gauge("waiting", waiting),
    ...counter("turns_total", [["", turns]]),
    ...counter("restarts_total", [["", restarts]]),
    ...counter("failures_total", labelled("code", failures)),
    ...counter("kills_total", labelled("by", { ...kills })),
    ...counter("images_total", labelled("looked_up", { ...images })),
    ...histogram("run_seconds", metrics.runMs),
    ...histogram("queue_seconds", metrics.queueMs),
  ]
}

function histogram(name: string, { count, sumMs, upTo }: SandboxMetrics["runMs"]): string[] {
  const metric = `nexus_sandbox_${name}`
  const buckets = upTo.map(({ mostMs, count: sum }) => `${metric}_bucket{le="${mostMs / 1000}"} ${sum}`)
  const ends = [`${metric}_bucket{le="+Inf"} ${count}`, `${metric}_sum ${sumMs / 1000}`, `${metric}_count ${count}`]
  return [`# TYPE ${metric} histogram`, ...buckets, ...ends]
}
