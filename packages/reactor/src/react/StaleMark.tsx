import type { ReactNode } from "react"
import type { StaleValue } from "../store/stale.ts"
import { word } from "./words.ts"

/** At what rests on a computed value that is kept because it takes long: says which, and works it out when asked. */
export function StaleMark({ stale }: { readonly stale: readonly StaleValue[] }): ReactNode {
  const names = stale.map(({ name }) => name).join(", ")
  return (
    <div className="nx-stale" role="note" aria-label={word("{names} takes long to work out and may be old", { names })}>
      <span>{word("Stale: {names}", { names })}</span>
      <button
        type="button"
        className="nx-stale-again"
        onClick={() => {
          for (const { again } of stale) again()
        }}
      >
        {word("Work it out again")}
      </button>
    </div>
  )
}
