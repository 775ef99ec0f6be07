import { COMMENT_LIMITS, type Person } from "@nexus/protocol"
import { type FormEvent, type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react"
import { Avatar } from "../ui/Avatar.tsx"
import { Button } from "../ui/Button.tsx"
import { classNames } from "../ui/class-names.ts"
import { useKeptWords } from "../ui/kept-words.ts"
import { say } from "../words/say.ts"
import type { Words } from "./comment-acts.ts"
import { matching, mentionAt, mentionsIn } from "./mentions.ts"
import { useMembers } from "./use-members.ts"

interface ComposerProps {
  readonly label: string
  readonly action: string
  readonly initial?: string
  /** What it is about; words that were begun are found again under it. */
  readonly about: string
  /** Takes the focus when it appears. */
  readonly focused?: boolean
  /** Answers whether the words were taken; what was not stays in the field. */
  readonly onSend: (words: Words) => Promise<boolean>
  readonly onCancel?: () => void
}

const SHOWN = 6

/** Where a comment is written. Enter sends it, Shift+Enter begins a line, "@" calls somebody. */
export function Composer({ label, action, initial = "", about, focused, onSend, onCancel }: ComposerProps) {
  const people = useMembers()
  const [text, setText] = useKeptWords(`comment.${about}`, initial)
  const [caret, setCaret] = useState(text.length)
  const [active, setActive] = useState(0)
  const [dismissed, setDismissed] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const typed = dismissed ? undefined : mentionAt(text, caret)
  const offered = typed ? matching(people, typed.query).slice(0, SHOWN) : []
  const chosen = offered[Math.min(active, offered.length - 1)]

  useLayoutEffect(() => {
    if (!focused) return
    field.current?.focus({ preventScroll: true })
    const end = field.current?.value.length ?? 0
    field.current?.setSelectionRange(end, end)
  }, [focused])

  const write = (next: string, at: number) => {
    setText(next)
    setCaret(at)
    setActive(0)
    setDismissed(false)
  }
  const pick = ({ name }: Person) => {
    if (!typed) return
    const before = `${text.slice(0, typed.start)}@${name} `
    write(before + text.slice(caret).replace(/^ /, ""), before.length)
    setDismissed(true)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(before.length, before.length)
    })
  }
  const send = async (event?: FormEvent) => {
    event?.preventDefault()
    if (text.trim() === "") return
    const words = { text: text.trim(), mentions: mentionsIn(text, people) }
    setText("")
    if (!(await onSend(words))) setText(words.text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (chosen) {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
      if (step) setActive((before) => (before + step + offered.length) % offered.length)
      else if (event.key === "Enter" || event.key === "Tab") pick(chosen)
      else if (event.key === "Escape") setDismissed(true)
      else return
      return event.preventDefault()
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault()
      void send()
    } else if (event.key === "Escape" && onCancel) {
      event.preventDefault()
      onCancel()
    }
  }

  return (
    <form onSubmit={send} className="relative flex flex-col gap-2">
      {chosen ? (
        <div
          id={listId}
          role="listbox"
          aria-label={say("People to mention")}
          className="nx-fade absolute start-0 end-0 bottom-full z-10 mb-1 max-h-56 overflow-auto rounded-control border border-line bg-raised p-1 shadow-float"
        >
          {offered.map((person) => (
            <div
              key={person.id}
              id={`${listId}.${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={person === chosen}
              onPointerDown={(event) => {
                event.preventDefault()
                pick(person)
              }}
              className={classNames(
                "flex cursor-pointer items-center gap-2 rounded-[6px] px-1.5 py-1 text-13",
                person === chosen && "bg-hover",
              )}
            >
              <Avatar id={person.id} name={person.name} />
              <span className="truncate">{person.name}</span>
            </div>
          ))}
        </div>
      ) : null}
      <textarea
        ref={field}
        rows={1}
        value={text}
        maxLength={COMMENT_LIMITS.characters}
        aria-label={label}
        placeholder={label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={chosen ? listId : undefined}
        aria-activedescendant={chosen ? `${listId}.${chosen.id}` : undefined}
        onChange={({ currentTarget }) => write(currentTarget.value, currentTarget.selectionStart)}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-40 min-h-9 w-full resize-none rounded-control border border-line-strong bg-surface px-2.5 py-[7px] text-13 leading-5 placeholder:text-faint"
      />
      {text.trim() !== "" || onCancel ? (
        <span className="flex justify-end gap-1.5">
          {onCancel ? (
            <Button
              small
              tone="quiet"
              onClick={() => {
                setText(initial)
                onCancel()
              }}
            >
              {say("Cancel")}
            </Button>
          ) : null}
          <Button small tone="primary" type="submit" disabled={text.trim() === ""}>
            {action}
          </Button>
        </span>
      ) : null}
    </form>
  )
}
