import { ArrowUp, Sparkles, Square } from "lucide-react"
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from "react"
import { useStore } from "zustand"
import { IconButton } from "../ui/Button.tsx"
import { Drawer } from "../ui/Drawer.tsx"
import { Empty } from "../ui/Empty.tsx"
import { useKeptWords } from "../ui/kept-words.ts"
import { say } from "../words/say.ts"
import { useDesk, useMayEdit, usePanels } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { Line } from "./Line.tsx"
import { talkOf } from "./talk-of.ts"

const IDEAS = [
  say("Add a clear-all button"),
  say("Make a panel that counts down to a date"),
  say("Explain what this panel does"),
]

/** Ask in words; what comes back to change the workspace is a patch, and waits for a review. */
export default function AssistantDrawer() {
  const desk = useDesk()
  const talk = talkOf(desk)
  const { lines, busy } = useStore(talk.store)
  const [message, setMessage] = useKeptWords(`assistant.${desk.workspace}`)
  const end = useRef<HTMLDivElement>(null)
  const [only, another] = useStudio((state) => state.selection)
  const about = usePanels().find(({ id }) => id === only && !another)
  const editable = useMayEdit()

  // biome-ignore lint/correctness/useExhaustiveDependencies: every new word scrolls
  useEffect(() => {
    end.current?.scrollIntoView({ block: "end" })
  }, [lines])

  const send = (event?: FormEvent) => {
    event?.preventDefault()
    const text = message.trim()
    if (!text || busy) return
    setMessage("")
    talk.send(text, about?.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      send()
    }
  }

  return (
    <Drawer
      title={say("Assistant")}
      name="assistant"
      side="left"
      initialWidth={380}
      takesFocus={false}
      onClose={() => studio.set({ drawer: undefined })}
    >
      <div className="flex h-full flex-col">
        <div className="min-h-0 flex-1 overflow-auto">
          {lines.length === 0 ? (
            <>
              <Empty icon={<Sparkles size={24} />} title={say("Say what should be different")}>
                {editable
                  ? say(
                      "The assistant reads this workspace and proposes a patch. Nothing changes before you accept it.",
                    )
                  : say("Ask about this workspace. Only an editor can accept what it proposes.")}
              </Empty>
              <ul className="flex flex-col items-center gap-1.5">
                {IDEAS.map((idea) => (
                  <li key={idea}>
                    <button
                      type="button"
                      onClick={() => setMessage(idea)}
                      className="rounded-full border border-line px-3 py-1 text-12 text-soft hover:bg-hover"
                    >
                      {idea}
                    </button>
                  </li>
                ))}
              </ul>
            </>
          ) : null}
          <ol aria-label={say("Conversation")} aria-live="polite" className="flex flex-col gap-4 p-4">
            {lines.map((line, index) => (
              <Line key={line.id} line={line} streaming={busy && index === lines.length - 1} />
            ))}
          </ol>
          <div ref={end} />
        </div>
        <form onSubmit={send} className="flex-none border-line border-t p-3">
          {about ? (
            <p className="mb-1.5 truncate text-12 text-faint">
              {say("About {title}", { title: about.properties.title })}
            </p>
          ) : null}
          <div className="flex items-end gap-1 rounded-sheet border border-line-strong bg-surface p-1 ps-3 focus-within:outline-2 focus-within:outline-accent">
            <textarea
              aria-label={say("Message to the assistant")}
              // biome-ignore lint/a11y/noAutofocus: the drawer is opened to write
              autoFocus
              rows={Math.min(6, message.split("\n").length)}
              value={message}
              maxLength={20_000}
              placeholder={say("Add a clear-all button")}
              onChange={(event) => setMessage(event.currentTarget.value)}
              onKeyDown={onKeyDown}
              className="min-w-0 flex-1 resize-none bg-transparent py-1.5 text-14 outline-none placeholder:text-faint"
            />
            {busy ? (
              <IconButton side="top" label={say("Stop")} icon={<Square size={14} />} onClick={() => talk.stop()} />
            ) : (
              <IconButton
                side="top"
                label={say("Send")}
                shortcut="Enter"
                type="submit"
                disabled={message.trim() === ""}
                icon={<ArrowUp size={16} />}
              />
            )}
          </div>
        </form>
      </div>
    </Drawer>
  )
}
