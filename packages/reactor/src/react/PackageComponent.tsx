import { type ReactNode, useCallback, useMemo } from "react"
import type { PackageComponent as Definition } from "../store/graph-signals.ts"
import { createPackagePlaces } from "../store/package-places.ts"
import { Cells } from "./Cells.tsx"
import type { ComponentProps } from "./component.ts"
import { InlineError } from "./InlineError.tsx"
import { usePanel } from "./panel-context.ts"
import { useValue } from "./use-value.ts"
import { word } from "./words.ts"

/** A component that a package brought; where none did, a word about it at its place. */
export function PackageComponent(component: ComponentProps): ReactNode {
  const { element } = component.node
  const live = usePanel()
  const definition = useValue(useCallback(() => live.component(element), [live, element]))
  const line = [...(component.places.inside?.line ?? []), element]
  if (!definition) {
    const message = word("is not installed here. The package that brought it was removed, or never installed.")
    return <InlineError element={`<${element}>`} messages={[message]} />
  }
  if (line.indexOf(element) < line.length - 1)
    return (
      <InlineError element={element} messages={[word("stands inside itself: {way}.", { way: line.join(" → ") })]} />
    )
  return <Defined {...component} definition={definition} />
}

function Defined({ node, places, root, definition }: ComponentProps & { readonly definition: Definition }): ReactNode {
  const live = usePanel()
  const { declaration, view } = definition
  const inside = useMemo(() => createPackagePlaces(declaration, node, places, live), [declaration, node, places, live])
  return (
    <div {...root} className="nx-stack nx-package" data-component={declaration.name}>
      <Cells nodes={view} places={inside} />
    </div>
  )
}
