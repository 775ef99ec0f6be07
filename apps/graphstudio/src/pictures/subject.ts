/** What a picture is taken of: an element as it stands on the page, or the panels of the canvas at their own size. */
export interface Subject {
  readonly element: HTMLElement
  readonly width: number
  readonly height: number
  /** Styles of the copy alone: the canvas is drawn from its own corner and at 1:1. */
  readonly style?: { readonly transform: string }
}
