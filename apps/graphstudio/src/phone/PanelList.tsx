import { Check, Search } from "lucide-react"
import { useState } from "react"
import { LiveDot } from "../canvas/LiveDot.tsx"
import { panelsInOrder } from "../canvas/present/stops.ts"
import { BottomSheet } from "../ui/BottomSheet.tsx"
import { say } from "../words/say.ts"
import { useDesk, usePanels } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"

/** From this many on, typing is quicker than looking. */
const MANY = 8

/** All panels of the workspace by name, in the order of the swipes. */
export default function PanelList({ onClose }: { readonly onClose: () => void }) {
  const { mirror } = useDesk()
  const shown = useStudio((state) => state.filling)
  const [words, setWords] = useState("")
  const panels = usePanels().length > 0 ? panelsInOrder(mirror.graph) : []
  const found = panels.filter(({ name }) => name.toLowerCase().includes(words.trim().toLowerCase()))
  return (
    <BottomSheet title={say("Panels")} onClose={onClose}>
      {panels.length < MANY ? null : (
        <label className="sticky top-0 z-10 mb-1 flex items-center gap-2 rounded-control border border-line-strong bg-surface px-3">
          <Search size={16} className="text-soft" />
          <input
            type="search"
            aria-label={say("Find a panel")}
            placeholder={say("Find a panel")}
            value={words}
            onChange={({ currentTarget }) => setWords(currentTarget.value)}
            className="h-11 min-w-0 flex-1 bg-transparent text-16 outline-none placeholder:text-faint"
          />
        </label>
      )}
      <ul aria-label={say("Panels")}>
        {found.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === shown || undefined}
              onClick={() => {
                studio.show(id)
                onClose()
              }}
              className="flex min-h-12 w-full items-center gap-3 rounded-control px-3 text-start text-14 active:bg-hover aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent"
            >
              <LiveDot id={id} />
              <span className="min-w-0 flex-1 truncate">{name}</span>
              {id === shown ? <Check size={16} className="flex-none" /> : null}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p className="px-3 py-4 text-13 text-soft">{say("Nothing is called that.")}</p> : null}
    </BottomSheet>
  )
}
