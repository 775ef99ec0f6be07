import { ArrowDown, Eraser, Pause, Play, ScrollText } from "lucide-react"
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react"
import { Button, IconButton } from "../ui/Button.tsx"
import { Drawer } from "../ui/Drawer.tsx"
import { Empty } from "../ui/Empty.tsx"
import { inCode } from "../words/in-code.tsx"
import { say, sayRich } from "../words/say.ts"
import type { ActivityState, LogLine } from "../workspace/activity.ts"
import { useActivity, usePanelPart } from "../workspace/desk-context.ts"
import { PanelFilter } from "../workspace/PanelFilter.tsx"
import { studio } from "../workspace/studio.ts"
import { LogLineRow } from "./LogLineRow.tsx"
import { LEVEL_NAMES, type PanelLine, streamed } from "./streamed.ts"

/** Nearer to the end than this, the newest line is followed. */
const END = 24

/** What the handlers of all panels say, as they say it. */
export default function LogDrawer() {
  const live = useActivity((state) => state.panels)
  const [paused, setPaused] = useState<ActivityState["panels"]>()
  const [panel, setPanel] = useState<string>()
  const [level, setLevel] = useState<LogLine["level"]>("debug")
  const [after, setAfter] = useState(0)
  // A burst of lines paints when there is time for it, and never holds up the desk.
  const panels = useDeferredValue(paused ?? live)
  const lines = useMemo(() => streamed(panels, { panel, level, after }), [panels, panel, level, after])
  const missed = paused ? streamed(live, { panel, level, after: newestOf(paused) }).length : 0

  return (
    <Drawer
      title={say("Log")}
      name="log"
      side="left"
      initialWidth={520}
      onClose={() => studio.set({ drawer: undefined })}
      actions={
        <>
          <IconButton
            label={paused ? say("Go on") : say("Pause")}
            icon={paused ? <Play size={15} /> : <Pause size={15} />}
            pressed={paused !== undefined}
            onClick={() => setPaused(paused ? undefined : live)}
          />
          <IconButton label={say("Clear")} icon={<Eraser size={15} />} onClick={() => setAfter(newestOf(live))} />
        </>
      }
    >
      <div className="flex h-full flex-col">
        <div className="flex gap-2 border-line border-b px-3 py-2">
          <PanelFilter panel={panel} onChange={setPanel} />
          <select
            aria-label={say("Level")}
            value={level}
            onChange={(event) => setLevel(LEVEL_NAMES.find((name) => name === event.currentTarget.value) ?? "debug")}
            className="h-7 flex-none rounded-control border border-line bg-surface px-1.5 text-12"
          >
            <option value="debug">{say("Everything")}</option>
            <option value="info">{say("Info and worse")}</option>
            <option value="warn">{say("Warnings and errors")}</option>
            <option value="error">{say("Errors")}</option>
          </select>
        </div>
        {paused ? (
          <p role="status" className="bg-careful-soft px-4 py-1.5 text-12 text-careful">
            {missed === 0
              ? say("Paused.")
              : say("Paused; {count, plural, one {# line} other {# lines}} came since.", { count: missed })}
          </p>
        ) : null}
        {lines.length === 0 ? (
          <Empty icon={<ScrollText size={24} />} title={say("Quiet so far")}>
            {sayRich(
              "What a handler says with <code>$log.info(…)</code>, and every run you start, appears here at once, with the line it was said on.",
              { code: inCode },
            )}
          </Empty>
        ) : (
          <Lines lines={lines} />
        )}
      </div>
    </Drawer>
  )
}

function newestOf(panels: ActivityState["panels"]): number {
  return Math.max(0, ...Object.values(panels).map(({ log }) => log.at(-1)?.id ?? 0))
}

/** The newest line stays in sight, until somebody scrolls up to read. */
function Lines({ lines }: { readonly lines: readonly PanelLine[] }) {
  const box = useRef<HTMLDivElement>(null)
  const [follows, setFollows] = useState(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is the reason to scroll
  useEffect(() => {
    if (follows) box.current?.scrollTo({ top: box.current.scrollHeight })
  }, [lines, follows])
  const look = () => {
    const { current } = box
    if (current) setFollows(current.scrollHeight - current.scrollTop - current.clientHeight < END)
  }
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
        tabIndex={0}
        role="log"
        aria-label={say("Log of all panels")}
        aria-live="off"
        onScroll={look}
        className="h-full overflow-auto"
      >
        <ol aria-label={say("Log lines")} className="py-2 font-mono text-12">
          {lines.map(({ panel, line }) => (
            <LogLineRow key={line.id} line={line} panel={panel}>
              <PanelName id={panel} />
            </LogLineRow>
          ))}
        </ol>
      </div>
      {follows ? null : (
        <Button
          small
          icon={<ArrowDown size={13} />}
          onClick={() => setFollows(true)}
          className="absolute end-4 bottom-3 shadow-lifted"
        >
          {say("Newest")}
        </Button>
      )}
    </div>
  )
}

function PanelName({ id }: { readonly id: string }) {
  const title = usePanelPart(id, (panel) => panel?.properties.title) ?? "removed"
  return (
    <button
      type="button"
      title={title}
      onClick={() => studio.select([id])}
      className="max-w-28 flex-none truncate font-sans text-accent hover:underline"
    >
      {title}
    </button>
  )
}
