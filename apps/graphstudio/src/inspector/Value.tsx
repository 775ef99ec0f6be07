import { isArray, isJsonObject, type Json } from "@nexus/protocol"
import { Pencil } from "lucide-react"
import { type ReactNode, useState } from "react"
import { onDemand } from "../ui/on-demand.tsx"
import { say } from "../words/say.ts"
import { studio, type WhyQuestion } from "../workspace/studio.ts"
import { ValueTree } from "./ValueTree.tsx"
import { valueInWords } from "./value-in-words.ts"

const ValueUses = onDemand(() => import("./ValueUses.tsx"))

interface ValueProps {
  readonly label: string
  readonly note: ReactNode
  readonly value: Json | undefined
  readonly why?: WhyQuestion
  /** What it is declared as, where the places that use it can be shown. */
  readonly used?: { readonly panel: string; readonly kind: "State" | "Computed" | "Import" }
  /** The field to change it in, told how to close it. */
  readonly edit?: ((close: () => void) => ReactNode) | undefined
  readonly children?: ReactNode
}

const ACT = "flex-none rounded-[5px] px-1.5 font-medium text-12 text-accent hover:bg-accent-soft"

/** One value with its name and what it is; the ways to change it, to where it is used, and to why it is so. */
export function Value({ label, note, value, why, used, edit, children }: ValueProps) {
  const [editing, setEditing] = useState(false)
  const [uses, setUses] = useState(false)
  const structured = value !== undefined && (isArray(value) || isJsonObject(value))
  return (
    <li className="group/value px-4 py-1.5 hover:bg-hover">
      <div className="flex items-baseline gap-2">
        <span translate="no" className="truncate font-medium font-mono text-12">
          {label}
        </span>
        <span className="min-w-0 flex-1 truncate text-12 text-faint">{note}</span>
        {edit ? (
          <button
            type="button"
            aria-label={say("Change {label}", { label })}
            title={say("Change it")}
            aria-expanded={editing}
            onClick={() => setEditing(!editing)}
            className="flex-none self-center rounded-[5px] p-1 text-soft hover:bg-accent-soft hover:text-accent"
          >
            <Pencil size={12} />
          </button>
        ) : null}
        {used ? (
          <button
            type="button"
            aria-label={say("Where {label} is used", { label })}
            aria-expanded={uses}
            onClick={() => setUses(!uses)}
            className={ACT}
          >
            {say("Used")}
          </button>
        ) : null}
        {why ? (
          <button
            type="button"
            aria-label={say("Why? {label}", { label })}
            data-tour="why"
            onClick={() => studio.set({ why })}
            className={ACT}
          >
            {say("Why?")}
          </button>
        ) : null}
      </div>
      {editing && edit ? (
        edit(() => setEditing(false))
      ) : structured ? (
        <ValueTree value={value} />
      ) : (
        <div className="tabular font-mono text-12 text-soft [overflow-wrap:anywhere]">{valueInWords(value, 160)}</div>
      )}
      {children}
      {uses && used ? <ValueUses {...used} name={label} /> : null}
    </li>
  )
}
