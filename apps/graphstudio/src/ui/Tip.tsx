import { cloneElement, type ReactElement } from "react"

interface TipProps {
  readonly label: string
  readonly shortcut?: string | undefined
  readonly side?: TipSide | undefined
}

export type TipSide = "top" | "right" | "bottom" | "left"

export interface TipAttributes {
  readonly "data-tip": string
  readonly "data-tip-keys": string | undefined
  readonly "data-tip-side": TipSide | undefined
}

/**
 * What an element wears so that a tooltip shows beside it, with the shortcut that does the same. One layer for the whole page
 * reads it (`Tips.tsx`): a tooltip of its own around each button was a tenth of the work of putting a panel on the page.
 */
export function tipOf({ label, shortcut, side }: TipProps): TipAttributes {
  return { "data-tip": label, "data-tip-keys": shortcut, "data-tip-side": side }
}

/** A tooltip for an element that takes attributes. */
export function Tip({ children, ...tip }: TipProps & { readonly children: ReactElement<Partial<TipAttributes>> }) {
  return cloneElement(children, tipOf(tip))
}
