import type { ViewNode } from "@nexus/protocol"
import { type ReactNode, useMemo } from "react"
import { type Cell, createCells } from "../store/cells.ts"
import type { Places } from "../store/places.ts"
import { ComponentHost } from "./ComponentHost.tsx"
import { NodeError } from "./NodeError.tsx"
import { PaintingContext } from "./panel-context.ts"
import { StaleMark } from "./StaleMark.tsx"
import { paintingOf } from "./slots.ts"
import { useReadable } from "./use-value.ts"

/** The cells of a container, If and Each unrolled; renders again when one comes or goes, not when one changes. */
export function useCells(nodes: readonly ViewNode[], places: Places): readonly Cell[] {
  return useReadable(useMemo(() => createCells(nodes, places), [nodes, places]))
}

export interface CellsProps {
  readonly nodes: readonly ViewNode[]
  readonly places: Places
}

export function Cells({ nodes, places }: CellsProps): ReactNode {
  return useCells(nodes, places).map((cell) => <CellView key={cell.key} cell={cell} />)
}

export function CellView({ cell }: { readonly cell: Cell }): ReactNode {
  if (cell.kind === "error") return <NodeError node={cell.node} places={cell.places} messages={[cell.message]} />
  if (cell.kind === "stale") return <StaleMark stale={cell.stale} />
  const host = <ComponentHost node={cell.node} places={cell.places} />
  const outside = cell.slot && paintingOf(cell.slot)
  return outside ? <PaintingContext value={outside}>{host}</PaintingContext> : host
}
