import { type CSSProperties, type ReactNode, useId } from "react"
import { format } from "../../expression/format.ts"
import type { ComponentProps } from "../component.ts"
import { Problem } from "../Field.tsx"
import { useBound } from "../use-bound.ts"

type TrackStyle = CSSProperties & { readonly "--_share": string }

/** The platform's own slider, with its number in words beside the label. */
export function Slider(component: ComponentProps): ReactNode {
  const { props, root } = component
  const id = useId()
  const bound = useBound(component)
  const label = props.text("label")
  const min = props.number("min") ?? 0
  const max = Math.max(min, props.number("max") ?? 100)
  const value = Math.min(max, Math.max(min, Number(bound.value) || 0))
  const pattern = props.text("format")
  const unit = props.text("unit")
  const words = `${format(value, pattern === "" ? undefined : pattern)}${unit === "" ? "" : ` ${unit}`}`
  const track: TrackStyle = { "--_share": `${max > min ? ((value - min) / (max - min)) * 100 : 0}%` }
  return (
    <div {...root} className="nx-slider">
      <div className="nx-slider-words">
        <label className="nx-label" htmlFor={id}>
          {label}
        </label>
        <output className="nx-number" htmlFor={id}>
          {words}
        </output>
      </div>
      <input
        id={id}
        type="range"
        style={track}
        value={value}
        min={min}
        max={max}
        step={props.number("step") ?? 1}
        aria-valuetext={words}
        aria-invalid={bound.failure !== undefined || undefined}
        aria-describedby={bound.failure === undefined ? undefined : `${id}-problem`}
        disabled={props.flag("disabled")}
        onChange={(event) => bound.write(event.target.valueAsNumber)}
        onPointerUp={bound.settle}
        onBlur={bound.settle}
      />
      <Problem id={`${id}-problem`} message={bound.failure} />
    </div>
  )
}
