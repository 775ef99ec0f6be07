import type { ReactNode } from "react"
import type { ComponentProps } from "../component.ts"
import { Problem } from "../Field.tsx"
import { useBound } from "../use-bound.ts"

export function Switch(component: ComponentProps): ReactNode {
  const { props, root } = component
  const bound = useBound(component)
  return (
    <div {...root} className="nx-choice">
      <label>
        <input
          type="checkbox"
          role="switch"
          className="nx-switch"
          checked={bound.value === true}
          aria-checked={bound.value === true}
          disabled={props.flag("disabled")}
          onChange={(event) => bound.write(event.target.checked)}
        />
        <span>{props.text("label")}</span>
      </label>
      <Problem message={bound.failure} />
    </div>
  )
}
