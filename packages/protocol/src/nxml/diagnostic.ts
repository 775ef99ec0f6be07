/** A stretch of NXML source. Line and column count from 1, offset and length are UTF-16 units. */
export interface Range {
  readonly line: number
  readonly column: number
  readonly offset: number
  readonly length: number
}

/** Every code that checking NXML can give; each has a page in `docs/errors/`. */
export type DiagnosticCode =
  | "xml-unclosed-element"
  | "xml-mismatched-close"
  | "xml-missing-quote"
  | "xml-missing-value"
  | "xml-unclosed-tag"
  | "xml-unclosed-comment"
  | "xml-unclosed-cdata"
  | "xml-duplicate-attribute"
  | "xml-unexpected-text"
  | "xml-unexpected-character"
  | "xml-no-root"
  | "xml-extra-root"
  | "unknown-element"
  | "unknown-attribute"
  | "missing-element"
  | "missing-attribute"
  | "bad-attribute-type"
  | "duplicate-name"
  | "invalid-identifier"
  | "undefined-state"
  | "undefined-name"
  | "undefined-handler"
  | "undefined-component"
  | "undeclared-capability"
  | "computed-cycle"
  | "import-cycle"
  | "bind-not-assignable"
  | "expression-syntax"
  | "expression-forbidden"
  | "handler-syntax"
  | "too-large"
  | "too-deep"
  | "entity-forbidden"
  | "unused-state"
  | "unused-handler"
  | "missing-key"
  | "missing-label"
  | "unknown-member"
  | "unknown-method"
  | "wrong-operand"

/** One finding about a document. `hint` says what to do next; `fix` is the edit that would do it. */
export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly severity: "error" | "warning"
  readonly message: string
  readonly range: Range
  readonly hint?: string
  readonly fix?: { readonly offset: number; readonly length: number; readonly text: string; readonly label: string }
}
