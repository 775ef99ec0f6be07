import type { WorkspacesMetrics } from "../workspace/workspaces.ts"
import { labelled, metricLines } from "./metric-lines.ts"

const { gauge, counter } = metricLines("workspaces")

/** What is open and what it takes, in Prometheus' text format. */
export function workspacesMetricsText({
  open,
  bytes,
  mostBytes,
  tooLarge,
  openings,
  closed,
}: WorkspacesMetrics): string[] {
  return [
    ...gauge("open", open),
    ...gauge("bytes", bytes),
    ...gauge("bytes_most", mostBytes),
    ...gauge("too_large", tooLarge),
    ...counter("openings_total", [["", openings]]),
    ...counter("closed_total", labelled("why", { ...closed })),
  ]
}
