import type { ReactNode } from "react"
import type { StaleValue } from "../store/stale.ts"

/** At what rests on a computed value that is kept because it takes long: says which, and works it out when asked. */
export function StaleMark({ stale }: { readonly stale: readonly StaleValue[] }): ReactNode {
  const names = stale.map(({ name }) => name).join(", ")
  return (
    <div className="nx-stale" role="note" aria-label={`${names} takes long to work out and may be old`}>
      <span>Stale: {names}</span>
      <button
        type="button"
        className="nx-stale-again"
        onClick={() => {
          for (const { again } of stale) again()
        }}
      >
        Work it out again
      </button>
    </div>
  )
}
