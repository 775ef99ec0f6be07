import { Plus } from "lucide-react"
import { type RefObject, useState } from "react"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { say } from "../words/say.ts"
import { Asks } from "./Asks.tsx"
import type { GalleryEntry } from "./entries.ts"
import { LiveSheet } from "./LiveSheet.tsx"
import { useSource } from "./use-source.ts"

interface EntryDetailProps {
  readonly entry: GalleryEntry
  readonly title: string
  readonly description: string
  /** Its content, to be measured for the sheet on the canvas. */
  readonly body: RefObject<HTMLDivElement | null>
  readonly onAdd: () => void
}

/** How much room a panel has here; a wider one is drawn smaller, so that it lies as it will. */
const SHOWN_PX = 418

/** The chosen panel as it will be: it can be tried here, and nothing of that is kept. */
export function EntryDetail({ entry, title, description, body, onAdd }: EntryDetailProps) {
  const fetched = useSource(entry.folder)
  const [said, setSaid] = useState<string>()
  return (
    <section aria-label={say("About {title}", { title })} className="flex h-full min-h-0 flex-col">
      <div className="flex items-start gap-3 border-line border-b px-5 py-4 max-lg:py-3">
        <div lang="en" className="min-w-0 flex-1">
          <h3 className="font-bold text-16">{title}</h3>
          <p className="mt-0.5 text-13 text-soft">{description}</p>
        </div>
        <Button tone="primary" icon={<Plus size={15} />} onClick={onAdd}>
          {say("Add")}
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-auto bg-bg p-5 max-lg:hidden">
        <div
          className="nx-sheet !h-auto mx-auto p-4"
          style={{ width: entry.width, zoom: Math.min(1, SHOWN_PX / entry.width) }}
        >
          <div ref={body} className="min-w-0">
            {fetched?.failed ? (
              <Notice tone="wrong">{fetched.failed}</Notice>
            ) : (
              <LiveSheet key={entry.folder} source={fetched?.source} onSaid={setSaid} />
            )}
          </div>
        </div>
        <p role="status" className="mx-auto mt-3 min-h-5 text-center text-12 text-soft">
          {said ?? say("Try it: nothing of this is kept.")}
        </p>
      </div>
      <div className="flex-none border-line border-t px-5 py-3">
        {fetched?.source === undefined ? null : <Asks source={fetched.source} />}
      </div>
    </section>
  )
}
