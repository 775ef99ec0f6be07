import type { Json } from "@nexus/protocol"
import { type ReactNode, useCallback, useId, useMemo } from "react"
import type { ComponentProps } from "../component.ts"
import { Problem } from "../Field.tsx"
import { type GraphNode, graphDataOf, relationsOf } from "../graph/graph-data.ts"
import { GraphPart } from "../graph/part.ts"
import { roughHeight } from "../graph/rough-height.ts"
import { OnDemand, Skeleton } from "../on-demand.tsx"
import { useEvent } from "../use-event.ts"
import { word } from "../words.ts"

/** Nodes and edges, placed by themselves; the same as a list for whoever cannot see them. */
export function Graph(component: ComponentProps): ReactNode {
  const { props, root } = component
  const caption = useId()
  const { defined, fire, failure } = useEvent(component, "onSelect")
  const nodes = props.list("nodes")
  const edges = props.list("edges")
  const data = useMemo(() => graphDataOf(nodes, edges), [nodes, edges])
  const relations = useMemo(() => relationsOf(data), [data])
  const select = useCallback((node: GraphNode) => fire(node.given as Json), [fire])
  const height = props.number("height")
  const label = props.text("label")
  return (
    <figure {...root} className="nx-graph" aria-labelledby={label === "" ? undefined : caption}>
      {label !== "" && (
        <figcaption className="nx-label" id={caption}>
          {label}
        </figcaption>
      )}
      {data.nodes.length === 0 ? (
        <p className="nx-muted">{word("Nothing to draw yet")}</p>
      ) : (
        <>
          <OnDemand
            part={GraphPart}
            props={{
              data,
              relations,
              direction: props.choice("direction"),
              height,
              label,
              onSelect: defined ? select : undefined,
            }}
            fallback={<Skeleton height={height ?? roughHeight(data, props.choice("direction"))} />}
          />
          {data.left > 0 && (
            <p className="nx-muted">{word("{count} more nodes are not drawn", { count: data.left })}</p>
          )}
          <ul className="nx-hidden">
            {data.nodes.map(({ id, label: name }) => (
              <li key={id}>{`${name}: ${relations.get(id)}`}</li>
            ))}
          </ul>
        </>
      )}
      <Problem message={failure} />
    </figure>
  )
}
