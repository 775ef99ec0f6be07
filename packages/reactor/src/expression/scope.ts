/** The names an expression sees: `$state`, `$computed`, `$imports`, `$panel` and loop variables. */
export interface Scope {
  readonly [name: string]: unknown
}
