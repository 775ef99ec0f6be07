/** How everything is brought on screen: clear of the rail on the left and the controls below, and never enlarged. */
export const FIT = {
  padding: { top: "28px", right: "64px", bottom: "76px", left: "72px" },
  maxZoom: 1,
} as const

/** The same beside open drawers, which cover this much from each side. */
export function clearOf({ left, right }: { readonly left: number; readonly right: number }) {
  const { padding, maxZoom } = FIT
  const beside = (inset: number, edge: string): `${number}px` => `${Math.max(inset + 24, Number.parseInt(edge, 10))}px`
  return { maxZoom, padding: { ...padding, left: beside(left, padding.left), right: beside(right, padding.right) } }
}
