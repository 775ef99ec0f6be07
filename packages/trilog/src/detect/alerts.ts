import type { RecordReader } from "../store/event-store.ts"
import { type Anomaly, DETECT_DEFAULTS, findAnomalies, type Slot } from "./anomalies.ts"

/** A handler that behaves unusually: slower, failing more, or running at another rate than at this time on other days. */
export interface Alert extends Anomaly {
  readonly panel: string
  readonly handler: string
  readonly measure: "p95Ms" | "failureRate" | "runs"
  readonly sentence: string
}

/** The alerts between two instants; "usual" is read from the week before them. */
export async function alertsOf(reader: RecordReader, workspace: string, from: number, to: number): Promise<Alert[]> {
  const { periodMs, periods, slotMs, around } = DETECT_DEFAULTS
  const points = await reader.series(workspace, from - periods * periodMs - (around + 1) * slotMs, to)
  const alerts: Alert[] = []
  for (const group of Map.groupBy(points, ({ panel, handler }) => JSON.stringify([panel, handler])).values()) {
    const [first] = group
    if (!first) continue
    const { panel, handler } = first
    const series: Record<Alert["measure"], { slots: Slot[]; floor: number }> = {
      p95Ms: { slots: group.map(({ at, runs, p95Ms }) => ({ at, value: p95Ms, count: runs })), floor: 0.05 },
      failureRate: {
        slots: group.map(({ at, runs, failed }) => ({ at, value: failed / runs + 0.02, count: runs })),
        floor: 1,
      },
      runs: { slots: group.map(({ at, runs }) => ({ at, value: runs, count: runs })), floor: 0.1 },
    }
    for (const measure of ["p95Ms", "failureRate", "runs"] as const) {
      const { slots, floor } = series[measure]
      for (const found of findAnomalies(slots, { floor })) {
        if (found.at < from || found.at > to) continue
        alerts.push({ ...found, panel, handler, measure, sentence: sentenceOf(handler, measure, found) })
      }
    }
  }
  return alerts.sort((a, b) => b.at - a.at)
}

function sentenceOf(handler: string, measure: Alert["measure"], { value, usual, score }: Anomaly): string {
  const than = score > 0 ? "more" : "less"
  switch (measure) {
    case "p95Ms":
      return `"${handler}" takes ${value.toFixed(1)} ms (p95), ${than} than the usual ${usual.toFixed(1)} ms.`
    case "failureRate":
      return `"${handler}" fails in ${percent(value)} of its runs, ${than} than the usual ${percent(usual)}.`
    case "runs":
      return `"${handler}" ran ${value} times in five minutes, ${than} than the usual ${usual}.`
  }
}

/** The rate is kept two hundredths above itself, so that "never fails" has a unit to be measured in. */
function percent(rate: number): string {
  return `${Math.round(Math.max(0, rate - 0.02) * 100)} %`
}
