import { ChevronLeft, ChevronRight, GitBranch, X } from "lucide-react"
import { type KeyboardEvent, useMemo } from "react"
import { deedInWords, doerInWords } from "../history/deed-in-words.ts"
import { ago, instant as instantText } from "../ui/ago.ts"
import { Button, IconButton } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { personColour } from "../ui/person-colour.ts"
import { say } from "../words/say.ts"
import { useDesk, useMayEdit } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { branchMoment } from "./branch-moment.ts"
import { isTick, type Moment, momentAt, step } from "./moments.ts"
import { TimeMarks } from "./TimeMarks.tsx"
import { useTimeline } from "./use-timeline.ts"

/** The slider over the whole life of the workspace; the canvas turns to its instant while it moves. */
export default function TimeBar() {
  const { moments, marks, now, error } = useTimeline()
  const desk = useDesk()
  const editable = useMayEdit()
  const instant = useStudio((state) => state.instant)
  const first = moments?.[0]?.at ?? now - 1000
  const from = first - Math.max(1000, (now - first) * 0.01)
  const at = instant ?? now
  const shown = moments && momentAt(moments, at)

  const go = (to: number | undefined) => studio.set({ instant: to === undefined || to >= now ? undefined : to })
  const stepTo = (direction: -1 | 1) => {
    if (moments) go(step(moments, instant, direction)?.at)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") return studio.toggleTime()
    const direction = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0
    if (direction === 0) return
    event.preventDefault()
    stepTo(direction)
  }

  return (
    <section
      aria-label={say("Time")}
      className="nx-rise relative z-20 flex flex-col gap-1 border-line border-t bg-surface px-4 pt-2 pb-3"
    >
      <div className="flex h-8 items-center gap-2 phone:h-auto phone:flex-wrap phone:gap-1">
        <IconButton
          side="top"
          label={say("Earlier change")}
          icon={<ChevronLeft size={16} />}
          disabled={!moments || !step(moments, instant, -1)}
          onClick={() => stepTo(-1)}
        />
        <IconButton
          side="top"
          label={say("Later change")}
          icon={<ChevronRight size={16} />}
          disabled={instant === undefined}
          onClick={() => stepTo(1)}
        />
        <span className="tabular font-medium text-13">{instant === undefined ? say("Now") : instantText(instant)}</span>
        <span
          className="min-w-0 flex-1 truncate text-13 text-soft phone:order-last phone:basis-full phone:px-1"
          role="status"
        >
          {shown ? describe(shown, now) : moments ? say("before the first change") : say("Reading what happened…")}
        </span>
        {editable && instant !== undefined ? (
          <Button small icon={<GitBranch size={13} />} onClick={() => branchMoment(desk, instant)}>
            {say("Open this moment as a branch")}
          </Button>
        ) : null}
        <Button small disabled={instant === undefined} onClick={() => go(undefined)}>
          {say("Back to now")}
        </Button>
        <IconButton
          side="top"
          label={say("Close time")}
          shortcut="T"
          icon={<X size={16} />}
          onClick={() => studio.toggleTime()}
        />
      </div>
      {error ? <Notice tone="wrong">{error}</Notice> : null}
      <div className="relative h-7">
        <Marks moments={moments ?? []} from={from} to={now} />
        <input
          type="range"
          aria-label={say("Instant")}
          aria-valuetext={instant === undefined ? say("now") : instantText(instant)}
          min={from}
          max={now}
          step="any"
          value={at}
          onChange={(event) => go(Math.round(event.currentTarget.valueAsNumber))}
          onKeyDown={onKeyDown}
          className="nx-time absolute inset-x-0 top-1 w-full"
        />
      </div>
      <TimeMarks marks={marks} changed={moments !== undefined && moments.length > 0} from={from} to={now} onGo={go} />
    </section>
  )
}

function describe({ summary, actor, at }: Moment, now: number): string {
  // What a handler changed is already named after it.
  const named = actor !== undefined && actor.kind !== "handler" && actor.kind !== "schedule"
  const [what, when] = [deedInWords(summary), ago(at, now)]
  return named
    ? say("{who}: {what} · {when}", { who: doerInWords(actor), what, when })
    : say("{what} · {when}", { what, when })
}

interface MarksProps {
  readonly moments: readonly Moment[]
  readonly from: number
  readonly to: number
}

/** One tick a change, in the colour of who made it. */
function Marks({ moments, from, to }: MarksProps) {
  const ticks = useMemo(
    () =>
      moments.map((moment) => ({
        seq: moment.seq,
        left: `${(((moment.at - from) / Math.max(1, to - from)) * 100).toFixed(3)}%`,
        colour: isTick(moment) ? "var(--nx-line)" : personColour(moment.actor?.id ?? ""),
      })),
    [moments, from, to],
  )
  return (
    <div aria-hidden="true" className="absolute inset-x-2 top-0 h-2">
      {ticks.map(({ seq, left, colour }) => (
        <span key={seq} className="absolute top-0 h-2 w-0.5 rounded-full" style={{ left, background: colour }} />
      ))}
    </div>
  )
}
