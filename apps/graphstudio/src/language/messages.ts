import type { ComponentDeclaration, Diagnostic, Panel } from "@nexus/protocol"
import type {
  Completion,
  Fix,
  Fold,
  Hover,
  OtherPanel,
  OutlineItem,
  Renameable,
  Span,
  TextEdit,
  Token,
} from "@nexus/reactor/language"

/**
 * What the editor and its language worker say to each other. Every text has a version; edits go over as they were typed,
 * so a keystroke costs the page the same in a short panel and in a long one. An answer names the version it is about, and
 * whoever reads it drops it when the text has moved on: that, and no lock, is what keeps the two from racing.
 */
export type ToWorker =
  | { readonly kind: "open"; readonly version: number; readonly source: string; readonly around: Surroundings }
  | { readonly kind: "edit"; readonly version: number; readonly edits: readonly TextEdit[]; readonly seen: Stretch }
  | { readonly kind: "ask"; readonly version: number; readonly id: number; readonly question: Question }

export type FromWorker =
  | { readonly kind: "read"; readonly version: number; readonly reading: Reading }
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly kind: "failed"; readonly id: number; readonly message: string }

/** What a text may name of its workspace: the components of packages, and other panels with what they share. */
export interface Surroundings {
  readonly components: readonly ComponentDeclaration[]
  readonly panels: readonly OtherPanel[]
}

/** From one place to another: what is on the screen. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** What is known about a text as soon as it was read. */
export interface Reading {
  readonly diagnostics: readonly Diagnostic[]
  /** There is a panel in it and no error. */
  readonly works: boolean
  /** The colours of what was on the screen when it was typed. */
  readonly tokens: readonly Token[]
}

/** An element around a place, outermost first. */
export type Crumb = Pick<OutlineItem, "name" | "element" | "offset">

/** What can be asked about a text, and what each question is answered with. */
export interface Answers {
  readonly completions: readonly Completion[]
  readonly hover: Hover | undefined
  readonly definition: Span | undefined
  readonly references: readonly Span[]
  readonly renameable: Renameable | undefined
  /** The edits, or a sentence saying why not. */
  readonly rename: readonly TextEdit[] | string
  readonly fixes: readonly Fix[]
  readonly format: readonly TextEdit[]
  readonly tokens: readonly Token[]
  readonly folds: readonly Fold[]
  readonly reading: Reading
  readonly crumbs: readonly Crumb[]
  readonly panel: Panel | undefined
}

/** A question with the place it is about; `to` ends the stretch, where it is about one. */
export interface Question {
  readonly of: keyof Answers
  readonly offset: number
  readonly to?: number
  readonly name?: string
}
