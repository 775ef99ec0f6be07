import { useMemo } from "react"
import { instant } from "../ui/ago.ts"
import { classNames } from "../ui/class-names.ts"
import { say, sayAgain } from "../words/say.ts"
import type { Mark, MarkKind } from "./marks.ts"

interface TimeMarksProps {
  readonly marks: readonly Mark[]
  /** Are there ticks of changes above? */
  readonly changed: boolean
  readonly from: number
  readonly to: number
  readonly onGo: (at: number) => void
}

/** Told apart by their shape as well as their colour. */
const LOOK: Readonly<Record<MarkKind, string>> = {
  version: "size-2 rounded-full border-2 border-accent bg-surface",
  patch: "size-2 rotate-45 bg-info",
  run: "h-1.5 w-0.5 bg-line-strong",
  failed: "size-2 rounded-[2px] bg-wrong",
  restart: "h-2.5 w-1.5 rounded-full border border-careful bg-careful-soft",
}
const NAMES: Readonly<Record<MarkKind, string>> = {
  version: say("Commit"),
  patch: say("Patch"),
  run: say("Run"),
  failed: say("Failed run"),
  restart: say("Restart"),
}
/** Only these are few enough to be pressed. */
const PRESSED: readonly MarkKind[] = ["version", "patch", "failed", "restart"]

/** What happened beside changes, under the slider: commits, patches, runs, restarts; a click turns the canvas to it. */
export function TimeMarks({ marks: all, changed, from, to, onGo }: TimeMarksProps) {
  // Nexus was started before this workspace began.
  const marks = useMemo(() => all.filter(({ kind, at }) => kind !== "restart" || at >= from), [all, from])
  const placed = useMemo(
    () =>
      marks.map((mark, index) => ({
        ...mark,
        index,
        left: `${(((mark.at - from) / Math.max(1, to - from)) * 100).toFixed(3)}%`,
      })),
    [marks, from, to],
  )
  const kinds = (Object.keys(LOOK) as MarkKind[]).filter((kind) => marks.some((mark) => mark.kind === kind))
  if (kinds.length === 0 && !changed) return null
  return (
    <div className="flex flex-col gap-1">
      <div className={classNames("relative mx-2", kinds.length > 0 && "h-3")}>
        {placed.map(({ kind, at, index, left, summary }) => {
          return PRESSED.includes(kind) ? (
            <button
              key={index}
              type="button"
              aria-label={say("{what} on {when}: {summary}", {
                what: NAMES[kind],
                when: instant(at),
                summary: sayAgain(summary),
              })}
              title={`${NAMES[kind]} · ${sayAgain(summary)}`}
              style={{ left }}
              onClick={() => onGo(at)}
              className="absolute top-0 grid size-3 -translate-x-1/2 place-items-center rounded-full"
            >
              <Sign kind={kind} />
            </button>
          ) : (
            <span key={index} style={{ left }} className="absolute top-1">
              <Sign kind={kind} />
            </span>
          )
        })}
      </div>
      <ul className="flex flex-wrap gap-x-4 text-12 text-soft">
        {changed ? (
          <li className="flex items-center gap-1.5">
            <span aria-hidden="true" className="block h-2 w-0.5 rounded-full bg-accent" />
            {say("Change, in the colour of who made it")}
          </li>
        ) : null}
        {kinds.map((kind) => (
          <li key={kind} className="flex items-center gap-1.5">
            <Sign kind={kind} />
            {NAMES[kind]}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Sign({ kind }: { readonly kind: MarkKind }) {
  return <span aria-hidden="true" className={classNames("block", LOOK[kind])} />
}
