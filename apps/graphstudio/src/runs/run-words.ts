import type { QuestionAnswer, RunCause, WaitingRunAnswer } from "@nexus/protocol"
import { until } from "../ui/until.ts"

type Trigger = RunCause["trigger"]

const BY_ITSELF: Readonly<Record<Trigger, string>> = {
  event: "An event",
  schedule: "Its schedule",
  mount: "The panel appeared",
  unmount: "The panel went",
  change: "A value changed",
  call: "A call over HTTP",
  tool: "Another panel",
}

/** Who or what set a run off; `self` is called "You". */
export function whoInWords(
  { trigger, person }: { readonly trigger: Trigger; readonly person?: WaitingRunAnswer["person"] | undefined },
  self: string,
): string {
  if (!person) return BY_ITSELF[trigger]
  return person.id === self ? "You" : person.name
}

/** What a waiting run waits for, as a person would say it; one phrase for each thing. */
export function waitsInWords(
  run: Pick<WaitingRunAnswer, "run" | "waitsFor" | "until">,
  questions: readonly Pick<QuestionAnswer, "run" | "question">[],
  nowMs: number,
): string[] {
  return run.waitsFor.flatMap((call) => {
    if (call === "time.sleep") return [run.until === undefined ? "sleeps" : `sleeps until ${until(run.until, nowMs)}`]
    const asked = call === "ask.ask" ? questions.filter((question) => question.run === run.run) : []
    if (asked.length > 0) return asked.map(({ question }) => `asks: ${question}`)
    return [call === "ask.ask" ? "asks a person" : `waits for ${call}`]
  })
}

/** How long a run took: "under 1 ms", "340 ms", "2.4 s", "3 min", "5 h", "2 days". */
export function durationInWords(ms: number): string {
  if (ms < 1) return "under 1 ms"
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`
  if (ms < 172_800_000) return `${Math.round(ms / 3_600_000)} h`
  return `${Math.round(ms / 86_400_000)} days`
}
