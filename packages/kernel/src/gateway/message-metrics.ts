import type { MessageMetrics } from "./message-limits.ts"
import { labelled, metricLines } from "./metric-lines.ts"

const { counter } = metricLines("messages")

/** What came over the sockets and what was too much, by class, in Prometheus' text format. */
export function messageMetricsText(metrics: MessageMetrics): string[] {
  const counts = (what: "taken" | "refused") =>
    labelled("class", Object.fromEntries(Object.entries(metrics).map(([name, count]) => [name, count[what]])))
  return [...counter("taken_total", counts("taken")), ...counter("refused_total", counts("refused"))]
}
