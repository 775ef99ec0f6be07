import { type KeyboardEvent, useEffect, useRef } from "react"
import { say } from "../words/say.ts"
import { EntryCard } from "./EntryCard.tsx"
import type { GalleryEntry } from "./entries.ts"
import { nextInGrid } from "./next-in-grid.ts"

interface EntryGridProps {
  readonly entries: readonly GalleryEntry[]
  readonly chosen: string | undefined
  readonly onChoose: (folder: string) => void
  readonly onAdd: (folder: string) => void
}

export const cardId = (folder: string) => `gallery-${folder}`

/** The cards as one list to walk through: the arrows choose, Enter adds. */
export function EntryGrid({ entries, chosen, onChoose, onAdd }: EntryGridProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) document.getElementById(cardId(chosen))?.scrollIntoView({ block: "nearest" })
  }, [chosen])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && chosen) {
      event.preventDefault()
      onAdd(chosen)
      return
    }
    const columns = list.current ? getComputedStyle(list.current).gridTemplateColumns.split(" ").length : 1
    const next = nextInGrid(
      entries.findIndex(({ folder }) => folder === chosen),
      event.key,
      entries.length,
      columns,
    )
    const entry = next === undefined ? undefined : entries[next]
    if (!entry) return
    event.preventDefault()
    onChoose(entry.folder)
  }

  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      aria-label={say("Panels")}
      aria-activedescendant={chosen ? cardId(chosen) : undefined}
      onKeyDown={onKeyDown}
      className="grid grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-3 rounded-sheet p-1"
    >
      {entries.map((entry) => (
        <EntryCard
          key={entry.folder}
          id={cardId(entry.folder)}
          entry={entry}
          title={entry.title}
          description={entry.description}
          chosen={entry.folder === chosen}
          onChoose={onChoose}
          onAdd={onAdd}
        />
      ))}
    </div>
  )
}
