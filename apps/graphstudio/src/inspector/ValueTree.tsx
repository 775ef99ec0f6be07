import { isArray, isJsonObject, type Json } from "@nexus/protocol"
import { useState } from "react"
import { say } from "../words/say.ts"
import { valueInWords } from "./value-in-words.ts"

/** So many parts are written out at once; the rest comes when somebody asks for it. */
const PAGE = 50

/** A list or an object, opened a level at a time: what is folded costs nothing, however large it is. */
export function ValueTree({ label, value }: { readonly label?: string; readonly value: Json }) {
  const [open, setOpen] = useState(false)
  const [shown, setShown] = useState(PAGE)
  if (!isArray(value) && !isJsonObject(value)) {
    return (
      <span className="font-mono text-12 [overflow-wrap:anywhere]">
        <Label text={label} />
        {JSON.stringify(value)}
      </span>
    )
  }
  const parts: readonly (readonly [string, Json])[] = isArray(value)
    ? value.map((item, index) => [String(index), item])
    : Object.entries(value)
  return (
    <details onToggle={({ currentTarget, target }) => target === currentTarget && setOpen(currentTarget.open)}>
      <summary className="cursor-default truncate rounded-[5px] font-mono text-12 hover:bg-hover">
        <Label text={label} />
        {valueInWords(value, 80)}
      </summary>
      {open ? (
        <ul className="border-line border-s ps-3">
          {parts.slice(0, shown).map(([name, part]) => (
            <li key={name}>
              <ValueTree label={name} value={part} />
            </li>
          ))}
          {parts.length > shown ? (
            <li>
              <button
                type="button"
                onClick={() => setShown(shown + PAGE)}
                className="rounded-[5px] px-1 text-12 text-accent hover:bg-accent-soft"
              >
                {say("{count, plural, one {# more} other {# more}}", { count: parts.length - shown })}
              </button>
            </li>
          ) : null}
        </ul>
      ) : null}
    </details>
  )
}

function Label({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : <span className="text-faint">{text}: </span>
}
