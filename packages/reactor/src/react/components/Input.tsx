import { type ReactNode, useId } from "react"
import type { ComponentProps } from "../component.ts"
import { Field } from "../Field.tsx"
import { textOf } from "../props.ts"
import { useBound } from "../use-bound.ts"
import { useEvent } from "../use-event.ts"

export function Input(component: ComponentProps): ReactNode {
  const { props, root } = component
  const id = useId()
  const bound = useBound(component)
  const submit = useEvent(component, "onSubmit")
  const label = props.text("label")
  const placeholder = props.text("placeholder")
  const failure = bound.failure ?? submit.failure
  return (
    <Field root={root} id={id} label={label} failure={failure} required={props.flag("required")}>
      <input
        id={id}
        className="nx-input"
        type={props.choice("type")}
        value={textOf(bound.value)}
        placeholder={placeholder || undefined}
        aria-label={label === "" ? placeholder || undefined : undefined}
        aria-invalid={failure !== undefined || undefined}
        aria-describedby={failure === undefined ? undefined : `${id}-problem`}
        disabled={props.flag("disabled")}
        required={props.flag("required")}
        onChange={(event) => bound.write(event.target.value)}
        onBlur={bound.settle}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !submit.defined || event.nativeEvent.isComposing) return
          event.preventDefault()
          submit.fire(event.currentTarget.value)
        }}
      />
    </Field>
  )
}
