import type { Json, StateType } from "@nexus/protocol"
import { type KeyboardEvent, useId, useState } from "react"
import { Button } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import { parseValue, printValue } from "./parse-value.ts"

interface EditValueProps {
  readonly name: string
  readonly type: StateType
  readonly value: Json
  readonly onSet: (value: Json) => void
  readonly onClose: () => void
}

/** A state's value as a field: what does not fit its type stays here, with what is wanted. */
export function EditValue({ name, type, value, onSet, onClose }: EditValueProps) {
  const id = useId()
  const [text, setText] = useState(() => printValue(type, value))
  const [wrong, setWrong] = useState<string>()
  const set = () => {
    const parsed = parseValue(type, text)
    if ("wrong" in parsed) setWrong(parsed.wrong)
    else {
      onSet(parsed.value)
      onClose()
    }
  }
  const long = type === "list" || type === "object"
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose()
    else if (event.key === "Enter" && (!long || event.ctrlKey || event.metaKey)) set()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="mt-1 mb-1">
      <textarea
        id={id}
        // biome-ignore lint/a11y/noAutofocus: it opens because somebody wants to type here
        autoFocus
        rows={1}
        spellCheck={false}
        aria-label={say("Value of {name}", { name })}
        aria-invalid={wrong !== undefined || undefined}
        aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value)
          setWrong(undefined)
        }}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-72 min-h-8 w-full resize-none rounded-control border border-line-strong bg-surface px-2 py-1.5 font-mono text-12 [font-variant-ligatures:none] aria-[invalid]:border-wrong"
      />
      {wrong === undefined ? null : (
        <p id={`${id}-wrong`} role="alert" className="mb-1 text-12 text-wrong [overflow-wrap:anywhere]">
          {wrong}
        </p>
      )}
      <div className="mt-1 flex gap-1">
        <Button small tone="primary" onClick={set}>
          {say("Set")}
        </Button>
        <Button small tone="quiet" onClick={onClose}>
          {say("Cancel")}
        </Button>
      </div>
    </div>
  )
}
