import { type DragEvent, memo, useRef } from "react"
import { classNames } from "../ui/class-names.ts"
import { studio } from "../workspace/studio.ts"
import { carryEntry } from "./dragged-entry.ts"
import type { GalleryEntry } from "./entries.ts"
import { LiveSheet } from "./LiveSheet.tsx"
import { useInSight } from "./use-in-sight.ts"
import { useSource } from "./use-source.ts"

/** How wide a small panel is drawn on its card, and how small at most. */
const DRAWN_PX = 196
const SMALLEST = 0.42

interface EntryCardProps {
  readonly id: string
  readonly entry: GalleryEntry
  readonly title: string
  readonly description: string
  readonly chosen: boolean
  readonly onChoose: (folder: string) => void
  readonly onAdd: (folder: string) => void
}

/** A panel of the gallery, small and alive while it is in sight; out of sight nothing of it runs. */
export const EntryCard = memo(function EntryCard(props: EntryCardProps) {
  const { id, entry, title, description, chosen, onChoose, onAdd } = props
  const card = useRef<HTMLDivElement>(null)
  const inSight = useInSight(card)
  const fetched = useSource(inSight ? entry.folder : undefined)
  const drag = (event: DragEvent) => {
    carryEntry(event.dataTransfer, entry.folder)
    // The canvas is where it is dropped, so the gallery goes once the browser has taken its picture of the card.
    setTimeout(() => studio.set({ gallery: false }))
  }
  return (
    <div
      ref={card}
      id={id}
      lang="en"
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      draggable
      onDragStart={drag}
      onClick={() => onChoose(entry.folder)}
      onDoubleClick={() => onAdd(entry.folder)}
      onKeyDown={() => undefined}
      className={classNames(
        "group flex cursor-grab flex-col overflow-hidden rounded-sheet border bg-surface text-start transition-shadow hover:shadow-lifted",
        chosen ? "border-accent outline-2 outline-accent outline-offset-[-1px]" : "border-line",
      )}
    >
      <div
        inert
        aria-hidden="true"
        className="relative h-[168px] overflow-hidden border-line border-b bg-sunken [contain:strict]"
      >
        <div
          className="absolute start-3 top-3 origin-top-left rounded-sheet border border-line bg-surface p-4 rtl:origin-top-right"
          style={{ width: entry.width, transform: `scale(${Math.max(SMALLEST, DRAWN_PX / entry.width)})` }}
        >
          {inSight && fetched?.failed === undefined ? <LiveSheet source={fetched?.source} /> : null}
        </div>
      </div>
      <div className="px-3 py-2.5">
        <p className="truncate font-medium text-13">{title}</p>
        <p className="mt-0.5 line-clamp-2 text-12 text-soft">{description}</p>
      </div>
    </div>
  )
})
