import { type Frame, type Graph, sectionsOf } from "@nexus/protocol"

/** Where a presentation stops, in order. */
export interface Stop {
  readonly id: string
  readonly name: string
  readonly frame: Frame
}

/** Panels whose tops differ by less than this are read as one row. */
const ROW = 120

/** The sections; where there are none, the panels. In the order in which they are read: rows, and along each row. */
export function stopsOf(graph: Graph): readonly Stop[] {
  const sections = sectionsOf(graph)
  return sections.length > 0 ? inOrder(sections) : panelsInOrder(graph)
}

export function panelsInOrder(graph: Graph): readonly Stop[] {
  return inOrder([...graph.panels()].map(({ id, properties: { title, frame } }) => ({ id, name: title, frame })))
}

function inOrder(stops: readonly Stop[]): Stop[] {
  const rows: Stop[][] = []
  for (const stop of stops.toSorted((a, b) => a.frame.y - b.frame.y)) {
    const row = rows.at(-1)
    if (row?.[0] && stop.frame.y - row[0].frame.y < ROW) row.push(stop)
    else rows.push([stop])
  }
  return rows.flatMap((row) => row.sort((a, b) => a.frame.x - b.frame.x))
}
