import { ArrowUp, Code, FileSpreadsheet, LayoutGrid, Sparkles } from "lucide-react"
import { type FormEvent, type ReactNode, useState } from "react"
import { describePanel } from "../gallery/describe.ts"
import { IconButton } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import { useDesk, useMayEdit } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"

/** The ways in, in the middle of the screen: say it, choose it, bring it, or write it. */
export default function EmptyCanvas() {
  const editable = useMayEdit()
  return (
    <div className="pointer-events-none absolute inset-0 z-[5] grid place-items-center overflow-auto py-6">
      <div className="nx-rise pointer-events-auto w-[680px] max-w-[calc(100vw-120px)]">
        <h2 className="text-center font-bold text-20">{say("Nothing on the desk yet")}</h2>
        <p className="mt-1 text-center text-14 text-soft">
          {editable
            ? say("A panel is a small living page. Start one in a minute.")
            : say("Panels appear here as soon as somebody adds one.")}
        </p>
        {editable ? (
          <>
            <Describe />
            <div className="mt-3 grid gap-3 sm:grid-cols-3">
              <Way
                icon={<LayoutGrid size={20} />}
                title={say("Start from the gallery")}
                text={say("Thirty panels that work at once. Try one before you add it.")}
                run={() => studio.set({ gallery: true })}
              />
              <Way
                icon={<FileSpreadsheet size={20} />}
                title={say("Bring a table")}
                text={say("A CSV or JSON file becomes a table or a chart. Drop it anywhere here.")}
                run={() => studio.set({ table: { kind: "choose" } })}
              />
              <Way
                icon={<Code size={20} />}
                title={say("Write NXML")}
                text={say("Open the editor and see the panel live beside it.")}
                run={() => studio.newPanel()}
              />
            </div>
          </>
        ) : null}
      </div>
    </div>
  )
}

/** The first way: words, from which the assistant drafts a panel. */
function Describe() {
  const desk = useDesk()
  const [words, setWords] = useState("")
  const send = (event: FormEvent) => {
    event.preventDefault()
    describePanel(desk, words)
  }
  return (
    <form
      onSubmit={send}
      aria-label={say("Describe it")}
      className="mt-6 flex items-center gap-3 rounded-sheet border border-line-strong bg-surface py-2 ps-4 pe-2 shadow-lifted focus-within:outline-2 focus-within:outline-accent"
    >
      <Sparkles size={20} className="flex-none text-accent" />
      <input
        aria-label={say("Describe the panel you want")}
        placeholder={say("Describe it: a list of chores that takes turns…")}
        value={words}
        maxLength={20_000}
        onChange={(event) => setWords(event.currentTarget.value)}
        className="h-9 min-w-0 flex-1 bg-transparent text-14 outline-none placeholder:text-faint"
      />
      <IconButton label={say("Draft it")} type="submit" icon={<ArrowUp size={16} />} side="top" />
    </form>
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
