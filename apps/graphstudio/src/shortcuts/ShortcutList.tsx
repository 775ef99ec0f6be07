import { Search } from "lucide-react"
import { useState } from "react"
import { Button } from "../ui/Button.tsx"
import { DrawnKeys } from "../ui/Keys.tsx"
import { giveKey, useOwnKeys, usualKeys } from "../ui/own-keys.ts"
import { printShortcut } from "../ui/shortcut.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { KeyButton } from "./KeyButton.tsx"
import { type SheetGroup, searchSheet } from "./shortcut-sheet.ts"

/** All keys, searched by what they do, each command's to be changed in place. */
export function ShortcutList({ groups }: { readonly groups: readonly SheetGroup[] }) {
  const [text, setText] = useState("")
  const keys = useOwnKeys((state) => state.keys)
  const found = searchSheet(groups, text)
  const changeable = groups.flatMap(({ fixed, rows }) => (fixed ? [] : rows))

  const reset = () => {
    usualKeys()
    const undo = () => {
      for (const [name, key] of Object.entries(keys)) giveKey(name, key)
    }
    toast({ title: say("All keys are as usual"), action: { label: say("Undo"), run: undo } })
  }

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <label className="relative min-w-40 flex-1">
          <span className="sr-only">{say("Search the keys")}</span>
          <Search size={14} aria-hidden="true" className="absolute start-3 top-2.5 text-faint" />
          <input
            type="search"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            placeholder={say("What should a key do?")}
            className="h-9 w-full rounded-control border border-line-strong bg-surface ps-9 pe-3 text-13 placeholder:text-faint"
          />
        </label>
        {Object.keys(keys).length > 0 ? <Button onClick={reset}>{say("All as usual")}</Button> : null}
      </div>
      <p className="text-12 text-soft">
        {say(
          "Click a key, or press Enter on it, and then press another. Backspace takes it away. Kept with your account.",
        )}
      </p>
      {found.length === 0 ? (
        <p role="status" className="py-6 text-center text-13 text-soft">
          {say("No command is called that. Try a shorter word.")}
        </p>
      ) : null}
      <div className={found.length > 1 ? "gap-x-10 sm:columns-2" : undefined}>
        {found.map(({ title, rows, fixed }) => (
          <section key={title} aria-label={title} className="mb-6 break-inside-avoid-column">
            <h3 className="mb-1 font-medium text-12 text-faint">{title}</h3>
            <ul className="flex flex-col">
              {rows.map((row) => (
                <li
                  key={`${row.shortcut} ${row.label}`}
                  className="flex min-h-8 items-center justify-between gap-3 text-13"
                >
                  <span className="min-w-0 [overflow-wrap:anywhere]">{row.label}</span>
                  {fixed ? (
                    <span className="me-1">
                      <span className="sr-only">{row.shortcut ? printShortcut(row.shortcut).join(" ") : null}</span>
                      {row.shortcut ? <DrawnKeys shortcut={row.shortcut} /> : null}
                    </span>
                  ) : (
                    <KeyButton row={row} others={changeable} />
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
}
