import { Code, LayoutTemplate, Sparkles } from "lucide-react"
import type { ReactNode } from "react"
import { STARTERS } from "../editor/starters.ts"
import { useMayEdit } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"

const LIST = STARTERS.find(({ name }) => name === "List")?.source ?? ""

/** Three ways in, in the middle of the screen. */
export default function EmptyCanvas() {
  const editable = useMayEdit()
  return (
    <div className="pointer-events-none absolute inset-0 z-[5] grid place-items-center">
      <div className="nx-rise pointer-events-auto w-[680px] max-w-[calc(100vw-120px)]">
        <h2 className="text-center font-bold text-20">Nothing on the desk yet</h2>
        <p className="mt-1 text-center text-14 text-soft">
          {editable
            ? "A panel is a small living page. Start one in a minute."
            : "Panels appear here as soon as somebody adds one."}
        </p>
        {editable ? (
          <div className="mt-6 grid gap-3 sm:grid-cols-3">
            <Way
              icon={<Sparkles size={20} />}
              title="Describe it"
              text="Say what you want; the assistant drafts a panel and you review it."
              run={() => studio.set({ drawer: "assistant" })}
            />
            <Way
              icon={<LayoutTemplate size={20} />}
              title="Start from a template"
              text="A list that already works; change it, or pick another one from the gallery."
              run={() => studio.set({ editing: { kind: "new", source: LIST } })}
            />
            <Way
              icon={<Code size={20} />}
              title="Write NXML"
              text="Open the editor and see the panel live beside it."
              run={() => studio.newPanel()}
            />
          </div>
        ) : null}
      </div>
    </div>
  )
}

interface WayProps {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly run: () => void
}

function Way({ icon, title, text, run }: WayProps) {
  return (
    <button
      type="button"
      onClick={run}
      className="flex flex-col gap-1.5 rounded-sheet border border-line bg-surface p-4 text-start transition-shadow hover:shadow-lifted"
    >
      <span className="text-accent">{icon}</span>
      <span className="font-medium text-14">{title}</span>
      <span className="text-13 text-soft">{text}</span>
    </button>
  )
}
