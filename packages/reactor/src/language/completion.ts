/** What a completion is; an editor chooses its icon by it. */
export type CompletionKind =
  | "element"
  | "attribute"
  | "event"
  | "value"
  | "state"
  | "computed"
  | "import"
  | "handler"
  | "function"
  | "method"
  | "property"
  | "variable"
  | "keyword"

/**
 * One thing that can be written at a place: `insert` takes the place of `from`…`to`. `stops` are the parts of `insert`
 * that a person goes through and fills in, in order; an editor makes its own kind of snippet of them.
 */
export interface Completion {
  readonly label: string
  readonly kind: CompletionKind
  /** One line: its type or signature. */
  readonly detail: string
  /** Markdown. */
  readonly doc: string
  readonly insert: string
  readonly from: number
  readonly to: number
  readonly stops?: readonly Stop[]
  /** Once this is written there is more to choose from at the cursor. */
  readonly more?: true
}

/** A stretch of the text to insert. */
export interface Stop {
  readonly offset: number
  readonly length: number
}

/** A snippet written with its stops between ‹ and ›, none of which NXML needs itself. */
export function snippet(written: string): { insert: string; stops: readonly Stop[] } {
  const stops: Stop[] = []
  let insert = ""
  for (const part of written.split("‹")) {
    const close = part.indexOf("›")
    if (close >= 0) stops.push({ offset: insert.length, length: close })
    insert += part.replace("›", "")
  }
  return { insert, stops }
}

/** The word at the end of a text. */
export function lastWord(text: string): string {
  return /[\w$]*$/.exec(text)?.[0] ?? ""
}
