import { type ReactNode, useMemo } from "react"
import { Cells } from "../Cells.tsx"
import type { ComponentProps } from "../component.ts"
import { Problem } from "../Field.tsx"
import { FormContext } from "../panel-context.ts"
import { useEvent } from "../use-event.ts"
import { WidthContext } from "../width-context.ts"

export function Form(component: ComponentProps): ReactNode {
  const { node, places, props, root } = component
  const submit = useEvent(component, "onSubmit")
  const around = useMemo(() => ({ busy: submit.busy }), [submit.busy])
  return (
    <form
      {...root}
      className="nx-form"
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        submit.fire()
      }}
    >
      <FormContext value={around}>
        {/* A group and not a landmark: a canvas full of panels would be a canvas full of landmarks. */}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset breaks the row its fields stand in */}
        <div role="group" aria-label={props.text("label") || undefined} className="nx-form-fields">
          <WidthContext value={undefined}>
            <Cells nodes={node.children} places={places} />
          </WidthContext>
        </div>
      </FormContext>
      <Problem message={submit.failure} />
    </form>
  )
}
