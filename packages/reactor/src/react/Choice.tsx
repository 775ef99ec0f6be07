import type { ReactNode } from "react"
import type { ComponentProps } from "./component.ts"
import { Problem } from "./Field.tsx"
import { useBound } from "./use-bound.ts"

/** Yes or no with its label beside it; `look` is how it is drawn and what it is to a screen reader. */
export function Choice({ look, ...component }: ComponentProps & { readonly look: "checkbox" | "switch" }): ReactNode {
  const { props, root } = component
  const bound = useBound(component)
  const on = bound.value === true
  return (
    <div {...root} className="nx-choice">
      <label>
        <input
          type="checkbox"
          className={`nx-${look}`}
          checked={on}
          disabled={props.flag("disabled")}
          onChange={(event) => bound.write(event.target.checked)}
          {...(look === "switch" ? { role: "switch", "aria-checked": on } : {})}
        />
        <span>{props.text("label")}</span>
      </label>
      <Problem message={bound.failure} />
    </div>
  )
}
