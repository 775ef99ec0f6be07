import { expect, it } from "vitest"
import { compareCanvases, type VersionPanel } from "../../src/versions/compare-canvases.ts"

const panel = (id: string, part: Partial<VersionPanel> = {}): VersionPanel => ({
  id,
  title: id,
  source: "<NexusPanel/>",
  frame: { x: 0, y: 0, w: 10, h: 10 },
  state: {},
  ...part,
})
const fates = (before: readonly VersionPanel[], after: readonly VersionPanel[]) =>
  Object.fromEntries(compareCanvases(before, after).map(({ id, fate }) => [id, fate]))

it("a panel is added, removed, changed, moved, or as it was", () => {
  const before = [panel("a"), panel("b"), panel("c"), panel("d", { state: { x: 1, y: [2] } })]
  const after = [
    panel("b", { source: "<NexusPanel title='b'/>" }),
    panel("c", { frame: { x: 9, y: 0, w: 10, h: 10 } }),
    panel("d", { state: { y: [2], x: 1 } }),
    panel("e"),
  ]
  expect(fates(before, after)).toEqual({ a: "removed", b: "changed", c: "moved", d: "same", e: "added" })
})

it("what moved and changed is changed: that is the larger news", () => {
  expect(fates([panel("a")], [panel("a", { title: "A", frame: { x: 1, y: 1, w: 9, h: 9 } })])).toEqual({ a: "changed" })
})
