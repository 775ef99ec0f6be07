import type { Reference } from "@nexus/protocol"
import type { Analysis } from "../../expression/analyse.ts"
import type { ValueType } from "../../expression/value-type.ts"
import type { XmlAttribute } from "../document.ts"

/** Loop variables in reach, each with the references of the list it comes from; the innermost last. */
export type Locals = readonly Local[]

export interface Local {
  readonly name: string
  readonly references: readonly Reference[]
  /** It is a place by itself, as a component's bound prop is: `bind` may name it alone. */
  readonly place?: true
  /** The list whose items it is, the variables that the list sees, and the type of an item once it is asked for. */
  readonly rows?: { readonly list: string; readonly locals: Locals; type?: ValueType }
  /** It counts the rows. */
  readonly counts?: true
}

/** Expressions in which a type may forbid something, and the variables they see. */
export interface TypedUse {
  readonly attribute: XmlAttribute
  readonly analysis: Analysis
  readonly locals: Locals
}
