/**
 * What is known of a value without running anything. `any` is everything of which nothing is known, and nothing is ever
 * said against it; `nothing` is null and undefined. An `open` object may have more members than the known ones. Unions
 * were refused: a value that is one of two is `any`, because a warning has to be right.
 */
export type ValueType = { readonly kind: "any" | "nothing" | "string" | "number" | "boolean" } | ListType | ObjectType

export interface ListType {
  readonly kind: "list"
  readonly element: ValueType
}

export interface ObjectType {
  readonly kind: "object"
  readonly members: ReadonlyMap<string, ValueType>
  readonly open: boolean
}

export const ANY: ValueType = { kind: "any" }
export const NOTHING: ValueType = { kind: "nothing" }
export const STRING: ValueType = { kind: "string" }
export const NUMBER: ValueType = { kind: "number" }
export const BOOLEAN: ValueType = { kind: "boolean" }
export const LIST: ListType = { kind: "list", element: ANY }
export const STRINGS: ListType = { kind: "list", element: STRING }
export const OBJECT: ObjectType = { kind: "object", members: new Map(), open: true }

export function listOf(element: ValueType): ListType {
  return element === ANY ? LIST : element === STRING ? STRINGS : { kind: "list", element }
}

/** The type of a value of JSON: an object's members are those it has, a list's element is what all its items are. */
export function typeOfValue(value: unknown): ValueType {
  switch (typeof value) {
    case "string":
      return STRING
    case "number":
      return NUMBER
    case "boolean":
      return BOOLEAN
    case "object":
      if (value === null) return NOTHING
      if (Array.isArray(value)) return listOf(joined(value.map(typeOfValue)))
      return objectOf(value)
    default:
      return ANY
  }
}

function objectOf(value: object): ObjectType {
  const members = new Map<string, ValueType>()
  for (const [name, member] of Object.entries(value)) members.set(name, unsure(typeOfValue(member)))
  return members.size === 0 ? OBJECT : { kind: "object", members, open: false }
}

/** A member that is null now is there to be filled with anything. */
function unsure(type: ValueType): ValueType {
  return type === NOTHING ? ANY : type
}

/** What a value is that is one of `types`; of no types at all, anything. */
export function joined(types: readonly ValueType[]): ValueType {
  const [first, ...others] = types
  return first === undefined ? ANY : others.reduce(join, first)
}

/** What a value is that is either. */
export function join(a: ValueType, b: ValueType): ValueType {
  if (a === b || b.kind === "nothing") return a
  if (a.kind === "nothing") return b
  if (a.kind === "list" && b.kind === "list") return listOf(join(a.element, b.element))
  if (a.kind === "object" && b.kind === "object") {
    const members = new Map(a.members)
    for (const [name, type] of b.members) {
      const known = members.get(name)
      members.set(name, known === undefined ? type : unsure(join(known, type)))
    }
    return { kind: "object", members, open: a.open || b.open }
  }
  return a.kind === b.kind ? a : ANY
}

/** The same shape of which the panel may have made more: members and items are known by name, and nothing else of them. */
export function loosened(type: ValueType): ValueType {
  if (type.kind === "list") return listOf(inside(type.element))
  if (type.kind === "object") return { kind: "object", members: mapped(type.members), open: true }
  return type
}

function inside(type: ValueType): ValueType {
  return type.kind === "object" ? loosened(type) : ANY
}

function mapped(members: ReadonlyMap<string, ValueType>): ReadonlyMap<string, ValueType> {
  return new Map([...members].map(([name, type]) => [name, inside(type)]))
}

/** What stands behind a dot of such a value and is no method. */
export function membersOf(type: ValueType): ReadonlyMap<string, ValueType> {
  if (type.kind === "object") return type.members
  return type.kind === "string" || type.kind === "list" ? LENGTH : NONE
}

const LENGTH: ReadonlyMap<string, ValueType> = new Map([["length", NUMBER]])
const NONE: ReadonlyMap<string, ValueType> = new Map()

/** As the declarations write it: `list of string`, `{ id: number, title: string }`. */
export function describeType(type: ValueType): string {
  if (type.kind === "list") return type.element.kind === "any" ? "list" : `list of ${describeType(type.element)}`
  if (type.kind !== "object") return type.kind
  const members = [...type.members].slice(0, 8).map(([name, member]) => `${name}: ${describeType(member)}`)
  if (members.length === 0) return "object"
  return `{ ${members.join(", ")}${type.members.size > 8 || type.open ? ", …" : ""} }`
}
