import { type ReactNode, useId } from "react"
import type { ComponentProps } from "../component.ts"
import { Field } from "../Field.tsx"
import { textOf } from "../props.ts"
import { useBound } from "../use-bound.ts"

/** A line of text, and what padding and border add above and below all of them, in pixels. */
const LINE = 20
const AROUND = 12

export function TextArea(component: ComponentProps): ReactNode {
  const { props, root } = component
  const id = useId()
  const bound = useBound(component)
  const label = props.text("label")
  const placeholder = props.text("placeholder")
  // It grows with its text, and `field-sizing` ignores `rows`: the rows are the height it starts from.
  const minHeight = Math.max(1, props.number("rows") ?? 1) * LINE + AROUND
  return (
    <Field root={root} id={id} label={label} failure={bound.failure} required={props.flag("required")}>
      <textarea
        id={id}
        className="nx-input"
        rows={props.number("rows")}
        style={{ minHeight }}
        value={textOf(bound.value)}
        placeholder={placeholder || undefined}
        aria-label={label === "" ? placeholder || undefined : undefined}
        aria-invalid={bound.failure !== undefined || undefined}
        aria-describedby={bound.failure === undefined ? undefined : `${id}-problem`}
        disabled={props.flag("disabled")}
        required={props.flag("required")}
        onChange={(event) => bound.write(event.target.value)}
        onBlur={bound.settle}
      />
    </Field>
  )
}
