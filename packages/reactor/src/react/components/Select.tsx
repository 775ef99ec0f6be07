import { type ReactNode, useId } from "react"
import type { ComponentProps } from "../component.ts"
import { Field } from "../Field.tsx"
import { indexOfOption, optionsOf } from "../options.ts"
import { useBound } from "../use-bound.ts"

/** One of several options, with the platform's own list: it works with every keyboard, screen reader and touch screen. */
export function Select(component: ComponentProps): ReactNode {
  const { props, root } = component
  const id = useId()
  const bound = useBound(component)
  const options = optionsOf(props.raw("options"))
  const chosen = indexOfOption(options, bound.value)
  const label = props.text("label")
  const placeholder = props.text("placeholder")
  return (
    <Field root={root} id={id} label={label} failure={bound.failure} required={props.flag("required")}>
      <select
        id={id}
        className="nx-input nx-select"
        value={chosen < 0 ? "" : String(chosen)}
        aria-label={label === "" ? placeholder || undefined : undefined}
        aria-invalid={bound.failure !== undefined || undefined}
        aria-describedby={bound.failure === undefined ? undefined : `${id}-problem`}
        disabled={props.flag("disabled")}
        required={props.flag("required")}
        onChange={(event) => {
          const option = options[Number(event.target.value)]
          if (option && event.target.value !== "") bound.write(option.value)
        }}
        onBlur={bound.settle}
      >
        {chosen < 0 && (
          <option value="" disabled>
            {placeholder || "Choose"}
          </option>
        )}
        {options.map((option, index) => (
          <option key={JSON.stringify(option.value)} value={index}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}
