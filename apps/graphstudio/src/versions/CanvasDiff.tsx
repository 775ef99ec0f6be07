import type { PanelEntity } from "@nexus/protocol"
import { useState } from "react"
import { classNames } from "../ui/class-names.ts"
import { onDemand } from "../ui/on-demand.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import type { ComparedPanel, Fate, VersionPanel } from "./compare-canvases.ts"

const Side = onDemand(
  async () => ({ default: (await import("../review/Side.tsx")).Side }),
  () => <Skeleton lines={4} label={say("Loading the panel")} />,
)

interface CanvasDiffProps {
  readonly panels: readonly ComparedPanel[]
}

/** The frame of a panel, and the bar that has its title. */
const LOOK: Readonly<Record<Fate, { readonly frame: string; readonly bar: string }>> = {
  added: { frame: "border-good", bar: "bg-good-soft text-ink" },
  removed: { frame: "border-wrong", bar: "bg-wrong-soft text-ink" },
  changed: { frame: "border-careful", bar: "bg-careful-soft text-ink" },
  moved: { frame: "border-info", bar: "bg-info-soft text-ink" },
  same: { frame: "border-line", bar: "bg-surface text-soft" },
}
const NAMES: Readonly<Record<Fate, string>> = {
  added: say("added"),
  removed: say("removed"),
  changed: say("changed"),
  moved: say("moved"),
  same: say("as it was"),
}
const AIR = 24

/** Two canvases side by side at one scale, each panel tinted by what became of it; one of them is shown alive below. */
export function CanvasDiff({ panels }: CanvasDiffProps) {
  const [chosen, setChosen] = useState<string>()
  const { workspace } = useDesk()
  const shown = panels.find(({ id }) => id === chosen)
  const fates = (Object.keys(LOOK) as Fate[]).filter((fate) => panels.some((panel) => panel.fate === fate))
  // The small ones over the large: whatever lies on top of what, each can be seen and pressed.
  const drawn = panels.toSorted((one, other) => areaOf(other) - areaOf(one))
  const bounds = boundsOf(panels.flatMap(({ before, after }) => [before, after]))
  return (
    <section aria-label={say("The two canvases")} className="flex flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        {(["before", "after"] as const).map((side) => (
          <figure key={side} className="min-w-0">
            <figcaption className="mb-1.5 font-medium text-12 text-faint">
              {side === "before" ? say("Before") : say("After")}
            </figcaption>
            <div
              className="nx-desk relative w-full overflow-hidden rounded-control border border-line"
              style={{ aspectRatio: `${bounds.w} / ${bounds.h}` }}
            >
              {drawn.map(({ id, fate, [side]: panel }) =>
                panel ? (
                  <button
                    key={id}
                    type="button"
                    aria-pressed={id === chosen}
                    aria-label={say("{title}, {fate}", { title: panel.title, fate: NAMES[fate] })}
                    onClick={() => setChosen(id === chosen ? undefined : id)}
                    style={placeIn(panel, bounds)}
                    className={classNames(
                      "absolute flex flex-col overflow-hidden rounded-[6px] border-2 bg-surface text-start text-12",
                      LOOK[fate].frame,
                      id === chosen && "outline-2 outline-accent outline-offset-1",
                    )}
                  >
                    <span className={classNames("truncate px-2 py-0.5 font-medium", LOOK[fate].bar)}>
                      {panel.title}
                    </span>
                  </button>
                ) : null,
              )}
            </div>
          </figure>
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-soft">
        {fates.map((fate) => (
          <li key={fate} className="flex items-center gap-1.5">
            <span
              aria-hidden="true"
              className={classNames("size-3 rounded-[3px] border-2", LOOK[fate].frame, LOOK[fate].bar)}
            />
            {NAMES[fate]} {panels.filter((panel) => panel.fate === fate).length}
          </li>
        ))}
      </ul>
      {shown ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <Side label={say("Before")} after={false} panel={shown.before && toEntity(shown.before, workspace)} />
          <Side label={say("After")} after panel={shown.after && toEntity(shown.after, workspace)} />
        </div>
      ) : (
        <p className="text-12 text-soft">{say("Choose a panel to see it before and after.")}</p>
      )}
    </section>
  )
}

function areaOf({ before, after }: ComparedPanel): number {
  const { w = 0, h = 0 } = (after ?? before)?.frame ?? {}
  return w * h
}

interface Bounds {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

function boundsOf(panels: readonly (VersionPanel | undefined)[]): Bounds {
  const frames = panels.flatMap((panel) => (panel ? [panel.frame] : []))
  if (frames.length === 0) return { x: 0, y: 0, w: 16, h: 9 }
  const x = Math.min(...frames.map((frame) => frame.x)) - AIR
  const y = Math.min(...frames.map((frame) => frame.y)) - AIR
  const right = Math.max(...frames.map((frame) => frame.x + frame.w)) + AIR
  const bottom = Math.max(...frames.map((frame) => frame.y + frame.h)) + AIR
  return { x, y, w: right - x, h: bottom - y }
}

function placeIn({ frame }: VersionPanel, { x, y, w, h }: Bounds) {
  const share = (part: number, of: number) => `${((part / of) * 100).toFixed(2)}%`
  return {
    left: share(frame.x - x, w),
    top: share(frame.y - y, h),
    width: share(frame.w, w),
    height: share(frame.h, h),
  }
}

function toEntity({ id, title, source, frame, state }: VersionPanel, workspace: string): PanelEntity {
  const properties = { title, source, frame, state, grants: [] }
  return { id, kind: "panel", name: title, scope: workspace, properties }
}
