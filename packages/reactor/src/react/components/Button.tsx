import { type ReactNode, useContext } from "react"
import type { ComponentProps } from "../component.ts"
import { Problem } from "../Field.tsx"
import { IconPart } from "../icon/part.ts"
import { OnDemand } from "../on-demand.tsx"
import { FormContext } from "../panel-context.ts"
import { useEvent } from "../use-event.ts"

/** A button. While its handler runs it says so and takes no second press, but keeps the focus. */
export function Button(component: ComponentProps): ReactNode {
  const { props, root } = component
  const form = useContext(FormContext)
  const click = useEvent(component, "onClick")
  const submits = form !== undefined && !click.defined
  const busy = submits ? form.busy : click.busy
  const label = props.text("label")
  const icon = props.text("icon")
  const alone = icon !== "" && props.flag("compact")
  return (
    <div {...root} className="nx-action">
      <button
        type={submits ? "submit" : "button"}
        className="nx-button"
        data-variant={submits && props.choice("variant") === "normal" ? "primary" : props.choice("variant")}
        disabled={props.flag("disabled")}
        data-compact={alone || undefined}
        aria-label={alone ? label : undefined}
        title={alone ? label : undefined}
        aria-busy={busy || undefined}
        aria-disabled={busy || undefined}
        onClick={submits ? undefined : () => click.fire()}
      >
        {icon !== "" && <OnDemand part={IconPart} props={{ name: icon, size: 16 }} fallback={<Room />} />}
        {!alone && <span>{label}</span>}
      </button>
      <Problem message={click.failure} />
    </div>
  )
}

/** Where the sign will be, so that nothing moves when it comes. */
function Room(): ReactNode {
  return <span className="nx-sign-room" />
}
