import { noise } from "./noise.ts"

const HOUR_MS = 3_600_000

/** The last 24 hours in Lindenau, a town that does not exist: degrees Celsius and millimetres of rain, by the hour. */
export function exampleWeather(nowMs: number) {
  const thisHour = Math.floor(nowMs / HOUR_MS)
  const hourly = Array.from({ length: 24 }, (_, index) => {
    const hour = thisHour - 23 + index
    const date = new Date(hour * HOUR_MS)
    const season = Math.cos(((dayOfYear(date) - 200) / 365) * 2 * Math.PI)
    const daily = Math.cos(((date.getUTCHours() - 15) / 24) * 2 * Math.PI)
    const temperature = 10 + 9 * season + 5 * daily + 2 * (noise("temperature", hour) - 0.5)
    const wet = noise("front", Math.floor(hour / 7)) > 0.6
    return {
      id: date.toISOString(),
      at: date.toISOString(),
      hour: `${String(date.getUTCHours()).padStart(2, "0")}:00`,
      temperature: rounded(temperature),
      rain: wet ? rounded(3 * noise("rain", hour)) : 0,
    }
  })
  return { town: "Lindenau", unit: "°C", hourly }
}

function dayOfYear(date: Date): number {
  return (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 0)) / (24 * HOUR_MS)
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
