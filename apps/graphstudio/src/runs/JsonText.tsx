import type { Json } from "@nexus/protocol"
import { useState } from "react"

/** A value whole, behind its name: written out only when somebody opens it. */
export function JsonText({ label, value }: { readonly label: string; readonly value: Json }) {
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit cursor-default rounded-[5px] text-12 text-accent">{label}</summary>
      {open ? (
        <pre className="mt-1 max-h-80 overflow-auto rounded-control border border-line bg-sunken p-3 font-mono text-12 [font-variant-ligatures:none]">
          {JSON.stringify(value, null, 2)}
        </pre>
      ) : null}
    </details>
  )
}
