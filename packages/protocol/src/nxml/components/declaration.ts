import type { Json } from "../../json.ts"

/** The type of a component's property once its binding is evaluated. `expression`: always evaluated, never plain text. */
export type PropType = "string" | "number" | "boolean" | "list" | "object" | "any" | "enum"

/** A property of a component; `initial` holds where it is not written. */
export interface PropDeclaration {
  readonly type: PropType
  readonly doc: string
  readonly required?: true
  /** The allowed values of an `enum`. */
  readonly values?: readonly string[]
  readonly initial?: string | number | boolean
}

/**
 * A component as data: what the validator checks, the editor completes, the AI is told and the renderer reads. Widths
 * are CSS pixels for the automatic layout.
 */
export interface ComponentDeclaration {
  readonly name: string
  readonly doc: string
  readonly props: { readonly [name: string]: PropDeclaration }
  readonly events: { readonly [name: string]: string }
  /** What may stand inside: nothing, components, or text. */
  readonly children: "none" | "components" | "text"
  /** The only elements it stands in, through If and Each; absent: anywhere in View. */
  readonly parents?: readonly string[]
  /** The only components that stand in it, through If and Each; absent: any. */
  readonly holds?: readonly string[]
  /** The value type of `bind`, when the component takes one. */
  readonly bind?: PropType
  /** At least one of these must be given so that the component has an accessible name. */
  readonly labelledBy?: readonly string[]
  readonly width: { readonly min: number; readonly ideal: number; readonly max: number }
  /** A piece of View that works as it stands, with the states that `sample` gives. */
  readonly example: string
  /** The first values of the states that `example` names; each state is of its value's type. */
  readonly sample?: { readonly [state: string]: Json }
  /** What the keyboard does in it, as sentences; absent: nothing beyond Tab, Enter and Space. */
  readonly keyboard?: string
}
