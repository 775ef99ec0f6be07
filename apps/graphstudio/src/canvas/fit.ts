import { isPhone } from "../phone/use-phone.ts"
import { FROM_THE_RIGHT } from "../words/language.ts"

/** A phone has its tools below, and no width to give away. */
const BESIDE_RAIL = isPhone() ? "16px" : "72px"
const ELSEWHERE = isPhone() ? "16px" : "64px"

/** How everything is brought on screen: clear of the rail at the start and the controls below, and never enlarged. */
export const FIT = {
  padding: {
    top: "28px",
    right: FROM_THE_RIGHT ? BESIDE_RAIL : ELSEWHERE,
    bottom: "76px",
    left: FROM_THE_RIGHT ? ELSEWHERE : BESIDE_RAIL,
  },
  maxZoom: 1,
} as const

/** The same beside open drawers, which cover this much from each side. */
export function clearOf({ left, right }: { readonly left: number; readonly right: number }) {
  const { padding, maxZoom } = FIT
  const beside = (inset: number, edge: string): `${number}px` => `${Math.max(inset + 24, Number.parseInt(edge, 10))}px`
  return { maxZoom, padding: { ...padding, left: beside(left, padding.left), right: beside(right, padding.right) } }
}
