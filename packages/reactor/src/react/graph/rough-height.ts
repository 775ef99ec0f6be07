import type { GraphData } from "./graph-data.ts"

const LAYER = 80
const BESIDE = 52
const AROUND = 24
const HIGHEST = 480

/**
 * About how high the picture of a graph will be, in pixels, from its layers alone: what keeps its room until the layout
 * is there. Edges that close a circle are left out, as the layout turns them round.
 */
export function roughHeight({ nodes, edges }: GraphData, direction: string): number {
  const layers = new Map<string, number>()
  const after = new Map<string, string[]>(nodes.map(({ id }) => [id, []]))
  const before = new Map<string, number>(nodes.map(({ id }) => [id, 0]))
  for (const { from, to } of edges) {
    if (from === to) continue
    after.get(from)?.push(to)
    before.set(to, (before.get(to) ?? 0) + 1)
  }
  const waiting = new Set(before.keys())
  let ready = [...waiting].filter((id) => before.get(id) === 0)
  for (let layer = 0; waiting.size > 0; layer++) {
    // In a circle nobody is first: the next node of the list is.
    if (ready.length === 0) ready = [...waiting].slice(0, 1)
    const next: string[] = []
    for (const id of ready) waiting.delete(id)
    for (const id of ready) {
      layers.set(id, layer)
      for (const other of after.get(id) ?? []) {
        const left = (before.get(other) ?? 0) - 1
        before.set(other, left)
        if (left === 0 && waiting.has(other)) next.push(other)
      }
    }
    ready = next
  }
  const counts = new Map<number, number>()
  for (const layer of layers.values()) counts.set(layer, (counts.get(layer) ?? 0) + 1)
  const lengthwise = direction === "left" || direction === "right"
  const height = lengthwise ? Math.max(...counts.values()) * BESIDE - 20 : counts.size * LAYER - 48
  return Math.min(HIGHEST, height + AROUND)
}
