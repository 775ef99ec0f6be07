import { say } from "../words/say.ts"

/** How long something takes, as short as it can be said. */
export function costInWords(ms: number): string {
  if (ms < 0.1) return say("under 0.1 ms")
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`
}
