import { type ReactNode, useMemo } from "react"
import { Cells } from "../Cells.tsx"
import type { ComponentProps } from "../component.ts"
import { Problem } from "../Field.tsx"
import { FormContext } from "../panel-context.ts"
import { useEvent } from "../use-event.ts"

export function Form(component: ComponentProps): ReactNode {
  const { node, places, props, root } = component
  const submit = useEvent(component, "onSubmit")
  const around = useMemo(() => ({ busy: submit.busy }), [submit.busy])
  return (
    <form
      {...root}
      className="nx-form"
      aria-label={props.text("label") || undefined}
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        submit.fire()
      }}
    >
      <FormContext value={around}>
        <div className="nx-form-fields">
          <Cells nodes={node.children} places={places} />
        </div>
      </FormContext>
      <Problem message={submit.failure} />
    </form>
  )
}
