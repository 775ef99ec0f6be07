import { noise } from "./noise.ts"

const MINUTE_MS = 60_000
const SERVICES = ["Website", "Checkout", "Search", "Mail"]

/** The health of four services that do not exist, changing by the minute. */
export function exampleStatus(nowMs: number) {
  const minute = Math.floor(nowMs / MINUTE_MS)
  const services = SERVICES.map((name) => {
    const trouble = noise(name, Math.floor(minute / 5))
    const status = trouble > 0.95 ? "down" : trouble > 0.85 ? "slow" : "up"
    const latencyMs = Math.round((status === "slow" ? 900 : 80) * (0.7 + 0.6 * noise(`${name}-latency`, minute)))
    return { id: name.toLowerCase(), name, status, latencyMs: status === "down" ? null : latencyMs }
  })
  return { at: new Date(minute * MINUTE_MS).toISOString(), services }
}
