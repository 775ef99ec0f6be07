import { type ReactNode, useContext } from "react"
import type { ComponentProps } from "../component.ts"
import { Problem } from "../Field.tsx"
import { FormContext } from "../panel-context.ts"
import { useEvent } from "../use-event.ts"

/** A button. While its handler runs it says so and takes no second press, but keeps the focus. */
export function Button(component: ComponentProps): ReactNode {
  const { props, root } = component
  const form = useContext(FormContext)
  const click = useEvent(component, "onClick")
  const submits = form !== undefined && !click.defined
  const busy = submits ? form.busy : click.busy
  return (
    <div {...root} className="nx-action">
      <button
        type={submits ? "submit" : "button"}
        className="nx-button"
        data-variant={submits && props.choice("variant") === "normal" ? "primary" : props.choice("variant")}
        disabled={props.flag("disabled")}
        aria-busy={busy || undefined}
        aria-disabled={busy || undefined}
        onClick={submits ? undefined : () => click.fire()}
      >
        <span>{props.text("label")}</span>
      </button>
      <Problem message={click.failure} />
    </div>
  )
}
