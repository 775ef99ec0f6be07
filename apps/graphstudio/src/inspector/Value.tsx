import type { Json } from "@nexus/protocol"
import type { ReactNode } from "react"
import { studio, type WhyQuestion } from "../workspace/studio.ts"
import { valueInWords } from "./value-in-words.ts"

interface ValueProps {
  readonly label: string
  readonly note: ReactNode
  readonly value: Json | undefined
  readonly why: WhyQuestion
  readonly children?: ReactNode
}

/** One value with its name, what it is, and the way to why. */
export function Value({ label, note, value, why, children }: ValueProps) {
  return (
    <li className="px-4 py-1.5 hover:bg-hover">
      <div className="flex items-baseline gap-2">
        <span className="truncate font-medium font-mono text-12">{label}</span>
        <span className="text-12 text-faint">{note}</span>
        <button
          type="button"
          aria-label={`Why? ${label}`}
          onClick={() => studio.set({ why })}
          className="ms-auto flex-none rounded-[5px] px-1.5 font-medium text-12 text-accent hover:bg-accent-soft"
        >
          Why?
        </button>
      </div>
      <div className="tabular font-mono text-12 text-soft [overflow-wrap:anywhere]">{valueInWords(value, 160)}</div>
      {children}
    </li>
  )
}
