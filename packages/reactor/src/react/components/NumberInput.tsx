import { type ReactNode, useId, useState } from "react"
import type { ComponentProps } from "../component.ts"
import { Field } from "../Field.tsx"
import { textOf } from "../props.ts"
import { useBound } from "../use-bound.ts"

/** A number field. What is typed and is no number yet (`-`, `1.`) stays in the field and is not written. */
export function NumberInput(component: ComponentProps): ReactNode {
  const { props, root } = component
  const id = useId()
  const bound = useBound(component)
  const [typed, setTyped] = useState<string>()
  const label = props.text("label")
  const placeholder = props.text("placeholder")
  const shown = typed !== undefined && Number(typed) === bound.value ? typed : undefined
  const partial = typed !== undefined && (typed === "" || Number.isNaN(Number(typed))) ? typed : undefined
  return (
    <Field root={root} id={id} label={label} failure={bound.failure} required={props.flag("required")}>
      <input
        id={id}
        className="nx-input nx-number"
        type="number"
        inputMode="decimal"
        value={partial ?? shown ?? textOf(bound.value)}
        placeholder={placeholder || undefined}
        aria-label={label === "" ? placeholder || undefined : undefined}
        aria-invalid={bound.failure !== undefined || undefined}
        aria-describedby={bound.failure === undefined ? undefined : `${id}-problem`}
        min={props.number("min")}
        max={props.number("max")}
        step={props.number("step")}
        disabled={props.flag("disabled")}
        required={props.flag("required")}
        onChange={(event) => {
          const text = event.target.value
          setTyped(text)
          if (text !== "" && Number.isFinite(Number(text))) bound.write(Number(text))
        }}
        onBlur={() => {
          setTyped(undefined)
          bound.settle()
        }}
      />
    </Field>
  )
}
