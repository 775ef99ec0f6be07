/** A stretch of a source in UTF-16 units. */
export interface Span {
  readonly offset: number
  readonly length: number
}

/** What stands at a place, told in Markdown. */
export interface Hover extends Span {
  readonly text: string
}
