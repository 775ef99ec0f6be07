import { parseBinding } from "./binding.ts"
import { inferExpression, type TypeNames } from "./infer.ts"
import { type Expression, type Member, walkExpression } from "./syntax.ts"
import { ANY, type ValueType } from "./value-type.ts"

/** The type of the smallest part of an attribute's text at `offset`; undefined where no expression stands. */
export function typeAt(text: string, offset: number, names: TypeNames): ValueType | undefined {
  let found: { readonly node: Expression; readonly type: ValueType } | undefined
  for (const part of parseBinding(text).parts) {
    if (typeof part === "string" || offset < part.at || offset > part.end) continue
    inferExpression(part, names, (node, type) => {
      const inside = node.at <= offset && offset <= node.end
      const smaller = found === undefined || node.end - node.at < found.node.end - found.node.at
      if (inside && smaller) found = { node, type }
    })
  }
  return found?.type
}

/** What stands before a dot, and the arrow parameters that are in reach there. */
export interface BeforeDot {
  readonly type: ValueType
  readonly locals: ReadonlyMap<string, ValueType>
}

/**
 * What stands before the dot in front of the word at `offset`, in text that may be half written: the word is taken for a
 * whole one, and where the text cannot be read to its end, what is open before it is closed.
 */
export function beforeDot(text: string, offset: number, names: TypeNames): BeforeDot | undefined {
  const start = wordStart(text, offset)
  if (text.charAt(start - 1) !== ".") return undefined
  const written = `${text.slice(0, start)}_`
  const rest = text.slice(offset).replace(/^[\w$]*/, "")
  return memberAt(written + rest, start, names) ?? memberAt(written + closing(written), start, names)
}

function memberAt(text: string, start: number, names: TypeNames): BeforeDot | undefined {
  for (const part of parseBinding(text).parts) {
    if (typeof part === "string") continue
    let member: Member | undefined
    walkExpression(part, (node) => {
      if (node.kind === "member" && node.propertyAt === start) member = node
      return member === undefined
    })
    if (member === undefined) continue
    const { object } = member
    let found: BeforeDot = { type: ANY, locals: new Map() }
    inferExpression(part, names, (node, type, locals) => {
      if (node === object) found = { type, locals: new Map(locals) }
    })
    return found
  }
  return undefined
}

function wordStart(text: string, offset: number): number {
  let start = offset
  while (start > 0 && /[\w$]/.test(text.charAt(start - 1))) start--
  return start
}

const CLOSES: { readonly [open: string]: string } = { "(": ")", "[": "]", "{": "}" }

/** What closes everything that is open at the end of `text`: brackets, and the holes of templates. */
function closing(text: string): string {
  let open = ""
  let quote = ""
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index)
    if (char === "\\") index++
    else if (quote === "`" && text.startsWith("${", index)) {
      open = `}\`${open}`
      quote = ""
      index++
    } else if (quote !== "") {
      if (char === quote) quote = ""
    } else if (open === "") {
      if (char === "{") open = "}"
    } else if (char === "`" && open.startsWith("}`")) quote = "`"
    else if (char === "'" || char === '"' || char === "`") quote = char
    else if (CLOSES[char] !== undefined) open = CLOSES[char] + open
    else if (open.startsWith(char)) {
      open = open.slice(1)
      if (char === "}" && open.startsWith("`")) {
        open = open.slice(1)
        quote = "`"
      }
    }
  }
  return quote + open
}
