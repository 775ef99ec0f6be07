import { LANGUAGE } from "../words/language.ts"
import { say } from "../words/say.ts"

const DAY_MS = 86_400_000

/** An instant that is to come, in the viewer's zone: "14:30", "14:30 tomorrow", "14:30 on Thu, Dec 3". */
export function until(atMs: number, nowMs: number): string {
  const at = new Date(atMs)
  const soon = atMs - nowMs < 60_000
  const time = at.toLocaleTimeString(LANGUAGE, {
    hour: "2-digit",
    minute: "2-digit",
    ...(soon ? { second: "2-digit" } : {}),
    hourCycle: "h23",
  })
  const days = Math.round((startOfDay(at) - startOfDay(new Date(nowMs))) / DAY_MS)
  if (days === 0) return time
  if (days === 1) return say("{time} tomorrow", { time })
  const far = days > 300 ? { year: "numeric" as const } : { weekday: "short" as const }
  const day = at.toLocaleDateString(LANGUAGE, { month: "short", day: "numeric", ...far })
  return say("{time} on {day}", { time, day })
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
}
