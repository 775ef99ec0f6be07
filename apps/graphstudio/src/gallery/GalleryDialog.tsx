import { FileSpreadsheet, FileText, Search, Sparkles } from "lucide-react"
import { type ReactNode, useCallback, useMemo, useRef } from "react"
import { classNames } from "../ui/class-names.ts"
import { Dialog } from "../ui/Dialog.tsx"
import { Empty } from "../ui/Empty.tsx"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { useCanvasView } from "../workspace/use-canvas-view.ts"
import { addEntry } from "./add-entry.ts"
import { describePanel } from "./describe.ts"
import { EntryDetail } from "./EntryDetail.tsx"
import { cardId, EntryGrid } from "./EntryGrid.tsx"
import { CATEGORIES, entryOf, GALLERY } from "./entries.ts"
import { findEntries } from "./find-entries.ts"
import { useGallery } from "./gallery-state.ts"

/** Panels to begin with: found by words, tried before they are added, and added where there is room. */
export default function GalleryDialog() {
  const desk = useDesk()
  const view = useCanvasView()
  const { text, category, chosen } = useGallery()
  const body = useRef<HTMLDivElement>(null)
  const found = useMemo(() => findEntries(GALLERY, text, category), [text, category])
  const entry = found.find(({ folder }) => folder === chosen) ?? found[0]
  const close = () => studio.set({ gallery: false })

  const choose = useCallback((folder: string) => useGallery.setState({ chosen: folder }), [])
  const add = useCallback(
    async (folder: string) => {
      const wanted = entryOf(folder)
      if (!wanted) return
      studio.set({ gallery: false })
      await addEntry(desk, wanted, view(), body.current?.scrollHeight || undefined)
    },
    [desk, view],
  )
  const search = (words: string) => useGallery.setState({ text: words, chosen: undefined })
  const describe = () => describePanel(desk, text)

  return (
    <Dialog size="wide" title={say("Gallery")} onClose={close}>
      <div
        className={classNames(
          "grid h-full max-lg:grid-cols-1 max-lg:grid-rows-[auto_minmax(0,1fr)_auto]",
          entry ? "grid-cols-[208px_minmax(0,1fr)_minmax(0,460px)]" : "grid-cols-[208px_minmax(0,1fr)]",
        )}
      >
        <aside className="flex min-h-0 flex-col gap-4 overflow-auto border-line border-e p-3 max-lg:border-e-0 max-lg:border-b max-lg:pb-2">
          <label className="flex h-9 flex-none items-center gap-2 rounded-control border border-line-strong bg-surface px-2.5 focus-within:outline-2 focus-within:outline-accent">
            <Search size={15} className="flex-none text-faint" />
            <input
              type="search"
              autoFocus
              aria-label={say("Search the gallery")}
              placeholder={say("Search")}
              value={text}
              onChange={(event) => search(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && entry) add(entry.folder)
                if (event.key === "ArrowDown" && entry) {
                  event.preventDefault()
                  choose(entry.folder)
                  document.getElementById(cardId(entry.folder))?.parentElement?.focus()
                }
              }}
              className="min-w-0 flex-1 bg-transparent text-14 outline-none placeholder:text-faint"
            />
          </label>
          <fieldset
            aria-label={say("Category")}
            className="flex min-w-0 flex-col gap-0.5 max-lg:flex-row max-lg:overflow-x-auto"
          >
            <Way pressed={category === undefined} onClick={() => useGallery.setState({ category: undefined })}>
              {say("Everything")}
            </Way>
            {CATEGORIES.map(({ name, label }) => (
              <Way key={name} pressed={category === name} onClick={() => useGallery.setState({ category: name })}>
                {label}
              </Way>
            ))}
          </fieldset>
          <fieldset
            aria-label={say("Other ways to begin")}
            className="mt-auto flex min-w-0 flex-col gap-0.5 max-lg:hidden"
          >
            <p className="px-2.5 pb-1 text-12 text-faint">{say("Or begin with")}</p>
            <Way icon={<Sparkles size={14} />} onClick={describe}>
              {say("A description")}
            </Way>
            <Way
              icon={<FileSpreadsheet size={14} />}
              onClick={() => studio.set({ gallery: false, table: { kind: "choose" } })}
            >
              {say("A CSV or JSON file")}
            </Way>
            <Way
              icon={<FileText size={14} />}
              onClick={() => studio.set({ gallery: false, editing: { kind: "new", source: "" } })}
            >
              {say("A blank document")}
            </Way>
          </fieldset>
        </aside>
        <div className="min-h-0 overflow-auto p-3">
          {found.length > 0 ? (
            <EntryGrid entries={found} chosen={entry?.folder} onChoose={choose} onAdd={add} />
          ) : (
            <Empty icon={<Search size={24} />} title={say("No panel is called that")}>
              {say("Say it to the assistant instead: it drafts one, and you review it.")}
            </Empty>
          )}
          {text.trim() === "" ? null : (
            <button
              type="button"
              onClick={describe}
              className="mx-auto mt-4 flex max-w-full items-center gap-2 rounded-full border border-line bg-raised px-4 py-2 text-13 hover:bg-hover"
            >
              <Sparkles size={15} className="flex-none text-accent" />
              <span className="truncate">{say("Describe it instead: “{text}”", { text: text.trim() })}</span>
            </button>
          )}
        </div>
        {entry ? (
          <div className="min-h-0 border-line border-s max-lg:border-s-0 max-lg:border-t">
            <EntryDetail
              entry={entry}
              title={entry.title}
              description={entry.description}
              body={body}
              onAdd={() => add(entry.folder)}
            />
          </div>
        ) : null}
      </div>
    </Dialog>
  )
}

interface WayProps {
  readonly pressed?: boolean
  readonly icon?: ReactNode
  readonly onClick: () => void
  readonly children: ReactNode
}

function Way({ pressed, icon, onClick, children }: WayProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={classNames(
        "flex h-8 flex-none items-center gap-2 whitespace-nowrap rounded-control px-2.5 text-start text-13",
        pressed ? "bg-accent-soft font-medium text-accent" : "text-ink hover:bg-hover",
      )}
    >
      {icon ? <span className="flex-none text-soft">{icon}</span> : null}
      {children}
    </button>
  )
}
