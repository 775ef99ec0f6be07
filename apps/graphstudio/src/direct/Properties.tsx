import type { PanelDocument, XmlElement } from "@nexus/reactor/language"
import { useMemo } from "react"
import { say } from "../words/say.ts"
import { PropertyField } from "./PropertyField.tsx"
import { type Property, propertiesOf } from "./properties.ts"
import { PROPERTIES } from "./property-focus.ts"
import type { DirectActs } from "./use-direct-acts.ts"

interface PropertiesProps {
  readonly document: PanelDocument
  readonly node: string
  readonly element: XmlElement
  readonly acts: DirectActs
  readonly readOnly: boolean
}

/** Everything that can be set on one component: what it shows, then what it does. */
export function Properties({ document, node, element, acts, readOnly }: PropertiesProps) {
  const properties = useMemo(() => propertiesOf(document, element), [document, element])
  const shows = properties.filter(({ kind }) => kind !== "statements")
  const does = properties.filter(({ kind }) => kind === "statements")
  const groups: readonly (readonly [string, readonly Property[]])[] = [
    [say("Properties"), shows],
    [say("What it does"), does],
  ]
  return (
    <div id={PROPERTIES}>
      {groups.map(([title, of]) =>
        of.length === 0 ? null : (
          <section key={title} aria-label={title} className="border-line border-b py-2">
            <h4 className="px-4 pb-1 font-medium text-12 text-faint">{title}</h4>
            {of.map((property) => (
              <PropertyField
                key={property.name}
                document={document}
                node={node}
                property={property}
                acts={acts}
                readOnly={readOnly}
              />
            ))}
          </section>
        ),
      )}
    </div>
  )
}
