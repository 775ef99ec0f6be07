import type { TypeNames } from "../expression/infer.ts"
import { methodsOf, NAMESPACE_SIGNATURES, type Signature } from "../expression/signatures.ts"
import { beforeDot } from "../expression/type-at.ts"
import { describeType, membersOf, type ValueType } from "../expression/value-type.ts"
import { type Completion, lastWord, snippet } from "./completion.ts"
import { codeBlock } from "./docs.ts"

/** A place in the text of an attribute, as the inference of types reads it. */
export interface TypedPlace {
  /** The attribute's text with its holes. */
  readonly text: string
  readonly at: number
  readonly types: TypeNames
  /** What stands before the cursor, from where the expression begins. */
  readonly written: string
  /** The cursor in the source. */
  readonly offset: number
  /** A parenthesis follows, so that a name is completed without one. */
  readonly called: boolean
}

/** What stands behind the dot before the cursor: members with their types, and methods. */
export function membersBefore(place: TypedPlace): Completion[] {
  const namespace = /(?:^|[^\w$.])(\w+)\.\w*$/.exec(place.written)?.[1]
  const functions = namespace === undefined ? undefined : NAMESPACE_SIGNATURES.get(namespace)
  if (functions !== undefined) return [...functions.values()].map((signature) => callable(signature, "method", place))
  const type = beforeDot(place.text, place.at, place.types)?.type
  if (type === undefined) return []
  const methods = [...methodsOf(type).values()].map((signature) => callable(signature, "method", place))
  return [...propertiesOf(type, place), ...methods]
}

export function propertiesOf(type: ValueType, place: Pick<TypedPlace, "written" | "offset">): Completion[] {
  const from = place.offset - lastWord(place.written).length
  return [...membersOf(type)].map(([name, member]) => ({
    label: name,
    kind: "property",
    detail: describeType(member),
    doc: "",
    insert: name,
    from,
    to: place.offset,
  }))
}

/** The parameters of the arrow functions around the cursor, with their types. */
export function parametersAt({ text, at, types }: TypedPlace): ReadonlyMap<string, ValueType> {
  const start = at - lastWord(text.slice(0, at)).length
  return beforeDot(`${text.slice(0, start)}_.${text.slice(start)}`, at + 2, types)?.locals ?? new Map()
}

/** A function or method: with its arguments to be filled in, unless it is called already. */
export function callable(
  { name, signature, doc }: Signature,
  kind: "function" | "method",
  { written, offset, called }: Pick<TypedPlace, "written" | "offset" | "called">,
): Completion {
  const { insert, stops } = called ? { insert: name, stops: [] } : snippet(callOf(name, signature))
  const rest = stops.length === 0 ? {} : { stops }
  return {
    label: name,
    kind: signature.includes("(") ? kind : "value",
    detail: signature,
    doc: `${codeBlock(signature, "ts")}\n\n${doc}`,
    insert,
    from: offset - lastWord(written).length,
    to: offset,
    ...rest,
  }
}

function callOf(name: string, signature: string): string {
  if (!signature.includes("(")) return name
  const inside = signature.slice(signature.indexOf("(") + 1, signature.lastIndexOf(")"))
  if (inside === "") return `${name}()`
  const arrow = /^(\w+|\([^)]*\)) => /.exec(inside)
  return arrow === null ? `${name}(‹›)` : `${name}(‹${arrow[1]}› => ‹›)`
}
