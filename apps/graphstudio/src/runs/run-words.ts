import type { QuestionAnswer, RunCause, WaitingRunAnswer } from "@nexus/protocol"
import { until } from "../ui/until.ts"
import { say } from "../words/say.ts"

type Trigger = RunCause["trigger"]

const BY_ITSELF: Readonly<Record<Trigger, string>> = {
  event: say("An event"),
  schedule: say("Its schedule"),
  mount: say("The panel appeared"),
  unmount: say("The panel went"),
  change: say("A value changed"),
  call: say("A call over HTTP"),
  tool: say("Another panel"),
}

/** Who or what set a run off; `self` is called "You". */
export function whoInWords(
  { trigger, person }: { readonly trigger: Trigger; readonly person?: WaitingRunAnswer["person"] | undefined },
  self: string,
): string {
  if (!person) return BY_ITSELF[trigger]
  return person.id === self ? say("You") : person.name
}

/** What a waiting run waits for, as a person would say it; one phrase for each thing. */
export function waitsInWords(
  run: Pick<WaitingRunAnswer, "run" | "waitsFor" | "until">,
  questions: readonly Pick<QuestionAnswer, "run" | "question">[],
  nowMs: number,
): string[] {
  return run.waitsFor.flatMap((call) => {
    if (call === "time.sleep")
      return [run.until === undefined ? say("sleeps") : say("sleeps until {time}", { time: until(run.until, nowMs) })]
    const asked = call === "ask.ask" ? questions.filter((question) => question.run === run.run) : []
    if (asked.length > 0) return asked.map(({ question }) => say("asks: {question}", { question }))
    return [call === "ask.ask" ? say("asks a person") : say("waits for {call}", { call })]
  })
}

/** How long a run took: say("under 1 ms"), "340 ms", "2.4 s", "3 min", "5 h", "2 days". */
export function durationInWords(ms: number): string {
  if (ms < 1) return say("under 1 ms")
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`
  if (ms < 172_800_000) return `${Math.round(ms / 3_600_000)} h`
  return say("{count, plural, one {# day} other {# days}}", { count: Math.round(ms / 86_400_000) })
}
