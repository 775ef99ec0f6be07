import { monitorEventLoopDelay } from "node:perf_hooks"
import type { RequestHandler } from "express"

/** Counters in Prometheus' text format. No label ever holds an id: what is counted says nothing about anybody. */
export interface Metrics {
  /** Counts each request by route, method and status class. */
  readonly middleware: RequestHandler
  /** `gauges` are read at that moment, `nexus_` is put before their names; `more` are lines of others. */
  text(gauges: Readonly<Record<string, number>>, more?: readonly string[]): string
  close(): void
}

export function createMetrics(): Metrics {
  const requests = new Map<string, { count: number; seconds: number }>()
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  return {
    middleware(request, response, next) {
      const startedAt = performance.now()
      response.on("close", () => {
        const route = typeof response.locals.route === "string" ? response.locals.route : "other"
        const labels = `route="${route}",method="${request.method}",status="${Math.floor(response.statusCode / 100)}xx"`
        const entry = requests.get(labels) ?? { count: 0, seconds: 0 }
        entry.count += 1
        entry.seconds += (performance.now() - startedAt) / 1000
        requests.set(labels, entry)
      })
      next()
    },
    text(gauges, more = []) {
      const lines = ["# TYPE nexus_http_request_seconds summary"]
      for (const [labels, { count, seconds }] of requests) {
        lines.push(`nexus_http_request_seconds_count{${labels}} ${count}`)
        lines.push(`nexus_http_request_seconds_sum{${labels}} ${seconds.toFixed(6)}`)
      }
      const measured = {
        process_resident_memory_bytes: process.memoryUsage.rss(),
        process_uptime_seconds: process.uptime(),
        event_loop_delay_p99_seconds: delay.percentile(99) / 1e9,
        ...gauges,
      }
      for (const [name, value] of Object.entries(measured)) {
        lines.push(`# TYPE nexus_${name} gauge`, `nexus_${name} ${value}`)
      }
      return `${[...lines, ...more].join("\n")}\n`
    },
    close: () => delay.disable(),
  }
}
