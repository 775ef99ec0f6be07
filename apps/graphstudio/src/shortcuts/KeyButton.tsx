import { type KeyboardEvent, useState } from "react"
import { DrawnKeys } from "../ui/Keys.tsx"
import { currentKey, giveKey, keyName, toShortcut, useOwnKeys } from "../ui/own-keys.ts"
import { printShortcut } from "../ui/shortcut.ts"
import { say } from "../words/say.ts"
import type { SheetRow } from "./shortcut-sheet.ts"

interface KeyButtonProps {
  readonly row: SheetRow
  /** Every line whose key could be the same. */
  readonly others: readonly SheetRow[]
}

/** The key of one command, and the way to another: press it, then the new key. Who had that key is told, and asked for it. */
export function KeyButton({ row, others }: KeyButtonProps) {
  const keys = useOwnKeys((state) => state.keys)
  const [listening, setListening] = useState(false)
  const [taken, setTaken] = useState<{ readonly key: string; readonly by: SheetRow }>()
  const name = keyName(row)
  const key = currentKey(name, row.shortcut, keys)
  const own = keys[name] !== undefined

  const give = (wanted: string) => {
    setListening(false)
    setTaken(undefined)
    giveKey(name, wanted)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!listening || event.key === "Tab") return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === "Escape") return setListening(false)
    if (event.key === "Backspace" && key) {
      giveKey(name, "")
      return setListening(false)
    }
    const wanted = toShortcut(event)
    if (!wanted) return
    const by = others.find(
      (other) => keyName(other) !== name && currentKey(keyName(other), other.shortcut, keys) === wanted,
    )
    setListening(false)
    if (by) setTaken({ key: wanted, by })
    else give(wanted)
  }

  if (taken) {
    return (
      <span role="alert" className="flex flex-wrap items-center justify-end gap-1.5 text-12">
        <span>
          {say("{key} is for “{command}”.", { key: printShortcut(taken.key).join(" "), command: taken.by.label })}
        </span>
        <button
          type="button"
          className="font-medium text-accent hover:underline"
          onClick={() => {
            giveKey(keyName(taken.by), "")
            give(taken.key)
          }}
        >
          {say("Take it")}
        </button>
        <button type="button" className="text-soft hover:underline" onClick={() => setTaken(undefined)}>
          {say("Leave it")}
        </button>
      </span>
    )
  }
  const said = key ? printShortcut(key).join(" ") : say("no key")
  return (
    <span className="flex items-center gap-1.5">
      {own ? (
        <button type="button" className="text-12 text-accent hover:underline" onClick={() => giveKey(name, undefined)}>
          {say("Usual")}
          <span className="sr-only"> {row.label}</span>
        </button>
      ) : null}
      <button
        type="button"
        aria-label={
          listening
            ? say("Press the new key for {command}, or Escape", { command: row.label })
            : say("Key of {command}: {key}. Change it", { command: row.label, key: said })
        }
        onClick={() => setListening(!listening)}
        onKeyDown={onKeyDown}
        onBlur={() => setListening(false)}
        className={`inline-flex min-h-7 min-w-10 items-center justify-end rounded-[6px] border px-1 text-12 hover:bg-hover ${listening ? "border-accent bg-accent-soft text-accent" : "border-transparent text-faint"}`}
      >
        {listening ? say("Press a key…") : key ? <DrawnKeys shortcut={key} /> : "–"}
      </button>
    </span>
  )
}
