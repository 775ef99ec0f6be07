import { equalJson, type Json } from "@nexus/protocol"
import { type ReactNode, useId } from "react"
import type { ComponentProps } from "../component.ts"
import { Field, Problem } from "../Field.tsx"
import { indexOfOption, optionsOf } from "../options.ts"
import { useBound } from "../use-bound.ts"
import { word } from "../words.ts"

/** One of several options with the platform's own list, or any number of them as boxes to tick. */
export function Select(component: ComponentProps): ReactNode {
  return component.props.flag("multiple") ? <Several {...component} /> : <One {...component} />
}

/** The platform's own list works with every keyboard, screen reader and touch screen. */
function One(component: ComponentProps): ReactNode {
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
            {placeholder || word("Choose")}
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

/** Boxes and not `select multiple`, which asks for a held key that nobody finds. The value keeps the options' order. */
function Several(component: ComponentProps): ReactNode {
  const { props, root } = component
  const id = useId()
  const bound = useBound(component)
  const options = optionsOf(props.raw("options"))
  const chosen: readonly Json[] = Array.isArray(bound.value) ? bound.value : []
  const has = (value: Json) => chosen.some((item) => equalJson(item, value))
  const label = props.text("label") || props.text("placeholder")
  const needed = props.flag("required") && chosen.length === 0
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset with a legend cannot be laid out as a field
    <div {...root} className="nx-field" role="group" aria-labelledby={label === "" ? undefined : `${id}-label`}>
      {label !== "" && (
        <span className="nx-label" id={`${id}-label`}>
          {label}
          {props.flag("required") && <span aria-hidden="true"> *</span>}
        </span>
      )}
      <div className="nx-options">
        {options.map(({ value, label: words }, index) => (
          <label key={JSON.stringify(value)}>
            <input
              type="checkbox"
              className="nx-checkbox"
              checked={has(value)}
              required={needed && index === 0}
              disabled={props.flag("disabled")}
              onChange={({ target }) =>
                bound.write(
                  options.flatMap((option) => {
                    const stays = equalJson(option.value, value) ? target.checked : has(option.value)
                    return stays ? [option.value] : []
                  }),
                )
              }
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
      <Problem message={bound.failure} />
    </div>
  )
}
