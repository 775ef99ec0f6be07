import { Fragment, memo, type ReactNode, type Ref } from "react"
import { word } from "../words.ts"
import type { GraphData } from "./graph-data.ts"
import type { PlacedEdge, PlacedGraph, PlacedNode } from "./graph-layout.ts"

export interface GraphPictureProps {
  readonly ref: Ref<SVGSVGElement>
  readonly placed: PlacedGraph
  readonly data: GraphData
  /** What each node is connected with, in words. */
  readonly relations: ReadonlyMap<string, string>
  readonly id: string
  readonly label: string
  /** Absent: as wide as there is room, as on the server. */
  readonly scale: number | undefined
  readonly active: number
  /** The node under the pointer or with the focus: its edges stand out. */
  readonly lit: string | undefined
  readonly chosen: string | undefined
  readonly choose: ((index: number) => void) | undefined
  readonly onLight: (id: string | undefined) => void
}

/** A placed graph as SVG. */
export function GraphPicture(given: GraphPictureProps): ReactNode {
  const { placed, data, id, scale, lit, choose } = given
  const size =
    scale === undefined ? { width: placed.width } : { width: placed.width * scale, height: placed.height * scale }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups inputs, this groups the nodes of a picture
    <svg
      ref={given.ref}
      className="nx-graph-picture"
      viewBox={`0 0 ${placed.width} ${placed.height}`}
      {...size}
      role="group"
      aria-label={word("{label}: {nodes} nodes, {edges} edges", {
        label: given.label || word("Graph"),
        nodes: data.nodes.length,
        edges: data.edges.length,
      })}
    >
      <defs>
        {["arrow", "arrow-lit"].map((name) => (
          <marker
            key={name}
            id={`${id}-${name}`}
            className={`nx-${name}`}
            viewBox="0 0 8 8"
            refX="7.5"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0.5 L8 4 L0 7.5 Z" />
          </marker>
        ))}
      </defs>
      {placed.edges.map((edge, index) => (
        <Edge
          // biome-ignore lint/suspicious/noArrayIndexKey: an edge has no identity but its position
          key={index}
          placed={edge}
          id={id}
          lit={lit !== undefined && (edge.edge.from === lit || edge.edge.to === lit)}
        />
      ))}
      {placed.nodes.map((node, index) => (
        <Node
          key={node.node.id}
          placed={node}
          index={index}
          name={`${node.node.label}: ${given.relations.get(node.node.id)}`}
          active={index === given.active}
          chosen={given.chosen === node.node.id}
          selectable={choose !== undefined}
          on={given}
        />
      ))}
    </svg>
  )
}

interface EdgeProps {
  readonly placed: PlacedEdge
  readonly id: string
  readonly lit: boolean
}

const Edge = memo(function Edge({ placed: { path, label }, id, lit }: EdgeProps): ReactNode {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus; each node says its edges
    <g className="nx-edge" data-lit={lit || undefined} aria-hidden="true">
      <path d={path} markerEnd={`url(#${id}-${lit ? "arrow-lit" : "arrow"})`} />
      {label && (
        <>
          <rect x={label.x - label.width / 2} y={label.y - 9} width={label.width} height={18} rx={4} />
          <text x={label.x} y={label.y} dy="0.34em" textAnchor="middle">
            {label.text}
          </text>
        </>
      )}
    </g>
  )
})

interface NodeProps {
  readonly placed: PlacedNode
  readonly index: number
  readonly name: string
  readonly active: boolean
  readonly chosen: boolean
  readonly selectable: boolean
  readonly on: Pick<GraphPictureProps, "choose" | "onLight">
}

/** A node paints again when it looks different; what a click does is read when it comes. */
const Node = memo(
  function Node({ placed, index, name, active, chosen, selectable, on }: NodeProps): ReactNode {
    const { node, lines, x, y, width, height } = placed
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the role follows from whether it can be chosen
      <g
        className="nx-node"
        data-node={index}
        data-tone={node.tone}
        data-selectable={selectable || undefined}
        data-chosen={chosen || undefined}
        {...(selectable ? { role: "button", "aria-pressed": chosen } : { role: "img" })}
        aria-label={name}
        tabIndex={active ? 0 : -1}
        transform={`translate(${x - width / 2} ${y - height / 2})`}
        onClick={() => on.choose?.(index)}
        onFocus={() => on.onLight(node.id)}
        onBlur={() => on.onLight(undefined)}
        onPointerEnter={() => on.onLight(node.id)}
        onPointerLeave={() => on.onLight(undefined)}
      >
        <rect width={width} height={height} rx={8} />
        <text textAnchor="middle">
          {lines.map((line, row) => (
            <Fragment key={line}>
              {/* Who listens or copies hears two words where the eye sees two lines. */}
              {row > 0 ? <tspan fontSize={0}> </tspan> : null}
              <tspan x={width / 2} y={height / 2 + (row - (lines.length - 1) / 2) * 18} dy="0.34em">
                {line}
              </tspan>
            </Fragment>
          ))}
        </text>
        <title>{node.label}</title>
      </g>
    )
  },
  (before, after) =>
    before.placed === after.placed &&
    before.name === after.name &&
    before.active === after.active &&
    before.chosen === after.chosen &&
    before.selectable === after.selectable,
)
