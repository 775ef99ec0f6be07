import { X } from "lucide-react"
import { IconButton } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import type { Use } from "./nxml-go.ts"

interface UsesProps {
  readonly name: string
  readonly uses: readonly Use[]
  readonly onGo: (use: Use) => void
  readonly onClose: () => void
}

/** Every place where a name stands, with its line. */
export function Uses({ name, uses, onGo, onClose }: UsesProps) {
  return (
    <section aria-label={say("Places of {name}", { name })}>
      <header className="flex h-9 items-center gap-2 pe-2 ps-4 text-13">
        <span className="font-medium font-mono text-12">{name}</span>
        <span className="text-soft">
          {say("{count, plural, one {stands in 1 place} other {stands in # places}}", { count: uses.length })}
        </span>
        <div className="flex-1" />
        <IconButton small label={say("Close the places")} icon={<X size={14} />} onClick={onClose} />
      </header>
      <ul className="max-h-40 overflow-auto pb-1">
        {uses.map((use) => (
          <li key={use.offset}>
            <button
              type="button"
              onClick={() => onGo(use)}
              className="flex w-full gap-3 px-4 py-0.5 text-start font-mono text-12 leading-5 [font-variant-ligatures:none] hover:bg-hover"
            >
              <span className="tabular w-8 flex-none text-end text-faint">{use.line}</span>
              <span className="min-w-0 truncate text-soft">{use.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
