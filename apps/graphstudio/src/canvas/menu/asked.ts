/** Where a hand asked what can be done, and with what: several that are chosen, one panel, or the canvas itself. */
export interface Asked {
  readonly x: number
  readonly y: number
  readonly ids: readonly string[]
}
