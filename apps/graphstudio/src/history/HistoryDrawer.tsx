import { Clock3, History, Redo2, Undo2 } from "lucide-react"
import { useMemo, useState } from "react"
import { Avatar } from "../ui/Avatar.tsx"
import { ago, instant as instantText } from "../ui/ago.ts"
import { Button, IconButton } from "../ui/Button.tsx"
import { classNames } from "../ui/class-names.ts"
import { Drawer } from "../ui/Drawer.tsx"
import { Empty } from "../ui/Empty.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say, sayRich } from "../words/say.ts"
import { useDesk, useSteps } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { deedInWords, doerInWords } from "./deed-in-words.ts"
import { type HistoryEntry, type HistoryFilter, toEntries } from "./entries.ts"
import { useHistoryMoments } from "./use-history-moments.ts"

const FILTERS: readonly (readonly [HistoryFilter, string])[] = [
  ["everything", say("Everything")],
  ["mine", say("Mine")],
]
/** More lines than this are shown when they are asked for. */
const PAGE = 100

/** What was done in this workspace and by whom; each line leads to its moment, and one's own steps back to before them. */
export default function HistoryDrawer() {
  const { user } = useDesk()
  const { moments, error } = useHistoryMoments()
  const { undo } = useSteps()
  const [filter, setFilter] = useState<HistoryFilter>("everything")
  const [most, setMost] = useState(PAGE)
  const entries = useMemo(() => moments && toEntries(moments, filter, user.id, undo), [moments, filter, user.id, undo])
  return (
    <Drawer
      title={say("History")}
      name="history"
      side="left"
      initialWidth={360}
      onClose={() => studio.set({ drawer: undefined })}
    >
      <fieldset aria-label={say("Show")} className="flex gap-1 border-line border-b px-3 py-2">
        {FILTERS.map(([name, label]) => (
          <button
            key={name}
            type="button"
            aria-pressed={filter === name}
            onClick={() => setFilter(name)}
            className={classNames(
              "h-7 rounded-full px-2.5 text-12",
              filter === name ? "bg-accent-soft font-medium text-accent" : "text-soft hover:bg-hover",
            )}
          >
            {label}
          </button>
        ))}
      </fieldset>
      {error ? (
        <Notice tone="wrong" className="m-3">
          {error}
        </Notice>
      ) : null}
      {!entries && !error ? <Skeleton lines={6} label={say("Reading what happened")} /> : null}
      <Undone />
      {entries?.length === 0 ? (
        <Empty icon={<History size={24} />} title={say("Nothing was done yet")}>
          {say("Move a panel or change a value: each step stands here, and can be looked at and taken back.")}
        </Empty>
      ) : null}
      <ol aria-label={say("What was done")}>
        {entries?.slice(0, most).map((entry) => (
          <Line key={entry.last.seq} entry={entry} />
        ))}
      </ol>
      {entries && entries.length > most ? (
        <div className="p-3">
          <Button small onClick={() => setMost(most + PAGE)}>
            {say("Earlier")}
          </Button>
        </div>
      ) : null}
    </Drawer>
  )
}

/** What was taken back and can be done again, above the place where one stands now. */
function Undone() {
  const desk = useDesk()
  const { redo } = useSteps()
  if (redo.length === 0) return null
  return (
    <section aria-label={say("Taken back")} className="border-accent border-b-2">
      <ol>
        {redo.map(({ refs, what }, index) => (
          <li key={refs.join()} className="group flex min-h-10 items-center gap-2.5 px-4 text-13 text-faint">
            <Undo2 size={14} aria-hidden="true" className="flex-none" />
            <span className="min-w-0 flex-1 truncate line-through">{what ?? say("a step of yours")}</span>
            <IconButton
              small
              label={say("Redo to here")}
              icon={<Redo2 size={14} />}
              onClick={() => desk.redo(redo.length - index)}
            />
          </li>
        ))}
      </ol>
      <p className="px-4 pb-1 text-12 text-accent">{say("You are here")}</p>
    </section>
  )
}

function Line({ entry }: { readonly entry: HistoryEntry }) {
  const desk = useDesk()
  const { last, count, back } = entry
  const shown = useStudio((state) => state.instant === last.at)
  const { actor, at } = last
  const what = deedInWords(last.summary)
  const who = actor?.id === desk.user.id ? say("You") : actor ? doerInWords(actor) : say("Somebody")
  return (
    <li
      aria-current={shown || undefined}
      className="group flex items-center gap-1 border-line border-b pe-2 last:border-b-0 hover:bg-hover aria-[current]:bg-accent-soft"
    >
      <button
        type="button"
        title={say("See the moment, {at}", { at: instantText(at) })}
        onClick={() => studio.set({ timeOpen: true, instant: at })}
        className="flex min-h-12 min-w-0 flex-1 items-center gap-2.5 py-1.5 ps-4 text-start"
      >
        {actor?.kind === "person" ? (
          <span aria-hidden="true">
            <Avatar id={actor.id} name={actor.name} />
          </span>
        ) : (
          <span className="grid size-7 flex-none place-items-center rounded-full bg-sunken text-soft">
            <Clock3 size={14} />
          </span>
        )}
        <span className="min-w-0 flex-1">
          <span className="line-clamp-2 text-13 [overflow-wrap:anywhere]">
            {sayRich("<b>{who}</b> {what}", { who, what, b: (name) => <span className="font-medium">{name}</span> })}
            {count > 1 ? <span className="text-soft"> × {count}</span> : null}
          </span>
          <span className="block text-12 text-soft">{ago(at, Date.now())}</span>
        </span>
      </button>
      {back === undefined ? null : (
        <IconButton
          small
          label={back === 1 ? say("Undo this") : say("Undo to here")}
          icon={<Undo2 size={14} />}
          onClick={() => desk.undo(back)}
          className="opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
        />
      )}
    </li>
  )
}
