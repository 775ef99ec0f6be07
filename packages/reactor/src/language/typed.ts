import type { ComponentDeclaration, Panel, PropType } from "@nexus/protocol"
import type { TypeNames } from "../expression/infer.ts"
import { ANY, BOOLEAN, LIST, NUMBER, OBJECT, STRING, type ValueType } from "../expression/value-type.ts"
import { panelTypes, rowTypes } from "../nxml/check/types.ts"
import { attributeOf, type XmlElement } from "../nxml/document.ts"

const NOTHING: TypeNames = () => undefined
const known = new WeakMap<Panel, TypeNames>()

/** The types of the names that an expression sees: the panel's, and those of every Each `around` it, the nearest first. */
export function typesAt(
  panel: Panel | undefined,
  around: readonly XmlElement[],
  component?: ComponentDeclaration,
): TypeNames {
  let names = panel === undefined ? NOTHING : (known.get(panel) ?? panelTypes(panel))
  if (panel !== undefined) known.set(panel, names)
  if (component !== undefined) names = propTypes(names, component)
  for (const element of [...around].reverse()) {
    const as = element.name === "Each" ? attributeOf(element, "as")?.value : undefined
    if (as === undefined) continue
    names = rowTypes(names, attributeOf(element, "items")?.value ?? "", as, attributeOf(element, "index")?.value)
  }
  return names
}

/** In a component's own document its props are names, too. */
function propTypes(names: TypeNames, { props }: ComponentDeclaration): TypeNames {
  return (name) => (Object.hasOwn(props, name) ? TYPE_OF_PROP[props[name]?.type ?? "any"] : names(name))
}

const TYPE_OF_PROP: { readonly [type in PropType]: ValueType } = {
  string: STRING,
  enum: STRING,
  number: NUMBER,
  boolean: BOOLEAN,
  list: LIST,
  object: OBJECT,
  any: ANY,
}

/** The type of a member of `$state` or `$computed`. */
export function memberType(names: TypeNames, root: string, name: string): ValueType {
  const type = names(root)
  return (type?.kind === "object" ? type.members.get(name) : undefined) ?? ANY
}

/**
 * The statement around `at` as the text of one hole, with the place in it: what an assignment gives, or the call as it is.
 * The inference of types reads holes.
 */
export function statementHole(text: string, at: number): { readonly text: string; readonly at: number } {
  const before = text.slice(0, at)
  const start = lastOutside(before, ";") + 1
  const assigned = /^\s*[\w$.[\]'"]+\s*(?:[-+*/]|\?\?|\|\||&&)?=(?![=>])/.exec(text.slice(start, at))
  const from = start + (assigned?.[0].length ?? 0)
  const rest = text.slice(at)
  const end = rest.indexOf(";")
  return { text: `{${text.slice(from, at)}${end < 0 ? rest : rest.slice(0, end)}}`, at: at - from + 1 }
}

/** The last place of the mark that is not in a text. */
function lastOutside(text: string, mark: string): number {
  let quote = ""
  let last = -1
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index)
    if (quote !== "") quote = char === quote ? "" : quote
    else if (char === "'" || char === '"' || char === "`") quote = char
    else if (char === mark) last = index
  }
  return last
}
