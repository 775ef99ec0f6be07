import { type ReactNode, useId, useState } from "react"
import type { ComponentProps } from "../component.ts"
import { Field } from "../Field.tsx"
import { textOf } from "../props.ts"
import { useBound } from "../use-bound.ts"

/** The input's type and how much of an ISO text it holds. */
const KINDS = {
  date: { type: "date", length: 10 },
  time: { type: "time", length: 5 },
  datetime: { type: "datetime-local", length: 16 },
  month: { type: "month", length: 7 },
} as const

/**
 * A day or a time with the platform's own calendar, which speaks the viewer's language and calendar. What is half typed
 * stays in the field and is not written.
 */
export function DateInput(component: ComponentProps): ReactNode {
  const { props, root } = component
  const id = useId()
  const bound = useBound(component)
  const [partial, setPartial] = useState(false)
  const label = props.text("label")
  const choice = props.choice("type")
  const kind = KINDS[choice === "time" || choice === "datetime" || choice === "month" ? choice : "date"]
  const cut = (text: string) => partOf(text, kind.type, kind.length) || undefined
  return (
    <Field root={root} id={id} label={label} failure={bound.failure} required={props.flag("required")}>
      <input
        id={id}
        className="nx-input nx-date nx-number"
        type={kind.type}
        value={partial ? "" : (cut(textOf(bound.value)) ?? "")}
        min={cut(props.text("min"))}
        max={cut(props.text("max"))}
        aria-invalid={bound.failure !== undefined || undefined}
        aria-describedby={bound.failure === undefined ? undefined : `${id}-problem`}
        disabled={props.flag("disabled")}
        required={props.flag("required")}
        onChange={({ target }) => {
          const half = target.value === "" && target.validity.badInput
          setPartial(half)
          if (!half) bound.write(target.value)
        }}
        onBlur={() => {
          setPartial(false)
          bound.settle()
        }}
      />
    </Field>
  )
}

/** The part of an ISO text that the input holds: of a day with a time, a time input shows the time. */
function partOf(text: string, type: string, length: number): string {
  const from = type === "time" ? text.indexOf("T") + 1 : 0
  return text.slice(from, from + length)
}
