import type { Panel } from "@nexus/protocol"
import { methodsOf, type Signature } from "../expression/signatures.ts"
import { ANY, membersOf, type ValueType } from "../expression/value-type.ts"
import { putter, rootMembers } from "./complete-names.ts"
import type { Completion } from "./completion.ts"
import { HANDLER_NAMES } from "./handler-names.ts"
import { callable, propertiesOf, type TypedPlace } from "./members.ts"
import { typesAt } from "./typed.ts"

/** What can be written in a handler: its own names, members of them, and the words the handler has used. */
export function completeScript(
  written: string,
  text: string,
  rest: string,
  panel: Panel | undefined,
  offset: number,
): Completion[] {
  if (inTextOrComment(written)) return []
  const place = { panel, written, offset, types: typesAt(panel, []), called: /^\w*\s*\(/.test(rest) }
  const put = putter(place)
  const chain = /((?:[\w$]+\s*\??\.\s*)+)\w*$/.exec(written)
  if (chain === null) {
    const own = HANDLER_NAMES.filter(({ name }) => !name.includes("."))
    return [
      ...own.map(({ name, signature, doc }) => put(name, name === "$emit" ? "function" : "variable", signature, doc)),
      ...wordsOf(text, written).map((word) => put(word, "variable", "", "")),
    ]
  }
  const [object = "", ...members] = (chain[1] ?? "").replaceAll(/[\s?]/g, "").split(".").slice(0, -1)
  if (object === "$args")
    return members.length > 0 ? [] : argumentsOf(panel).map((name) => put(name, "property", "argument", ""))
  if (object === "$state" || object === "$computed" || object === "$imports") {
    if (members.length === 0) return rootMembers(place, object)
    return behindValue(members.reduce(memberOf, place.types(object) ?? ANY), place)
  }
  const path = [object, ...members, ""].join(".")
  return HANDLER_NAMES.filter(({ name }) => name.startsWith(path) && !name.slice(path.length).includes(".")).map(
    ({ name, signature, doc }) =>
      put(name.slice(path.length), signature.includes("(") ? "method" : "property", signature, doc),
  )
}

function memberOf(type: ValueType, name: string): ValueType {
  return membersOf(type).get(name) ?? ANY
}

/** Members and methods of a value; in a handler a list can be changed, too. */
function behindValue(type: ValueType, place: Pick<TypedPlace, "written" | "offset" | "called">): Completion[] {
  if (type.kind === "any") return []
  const methods = [...methodsOf(type).values(), ...(type.kind === "list" ? CHANGING : [])]
  return [...propertiesOf(type, place), ...methods.map((signature) => callable(signature, "method", place))]
}

const CHANGING: readonly Signature[] = [
  { name: "push", signature: "push(...items)", gives: "number", doc: "Puts items at the end." },
  { name: "pop", signature: "pop()", gives: "element", doc: "Takes the last item away." },
  { name: "shift", signature: "shift()", gives: "element", doc: "Takes the first item away." },
  { name: "unshift", signature: "unshift(...items)", gives: "number", doc: "Puts items at the start." },
  {
    name: "splice",
    signature: "splice(start, count?, ...items)",
    gives: "list",
    doc: "Takes items out, puts others in.",
  },
]

/** Names that the handler's own text uses, keywords not among them. */
function wordsOf(text: string, written: string): string[] {
  const current = /[\w$]*$/.exec(written)?.[0] ?? ""
  const words = new Set<string>()
  for (const [, word = ""] of text.matchAll(/(?<![\w$.])([A-Za-z_]\w*)(?![\w$])/g)) words.add(word)
  words.delete(current)
  return [...words].filter((word) => !KEYWORDS.has(word))
}

/** A quote, backquote or comment that is open at the end of the text; template holes are code again. */
function inTextOrComment(written: string): boolean {
  const stack: string[] = []
  for (let index = 0; index < written.length; index++) {
    const char = written.charAt(index)
    const open = stack[stack.length - 1]
    if (open === "//") {
      if (char === "\n") stack.pop()
    } else if (open === "/*") {
      if (char === "*" && written.charAt(index + 1) === "/") stack.pop()
    } else if (open === '"' || open === "'" || open === "`") {
      if (char === "\\") index++
      else if (char === open || (open !== "`" && char === "\n")) stack.pop()
      else if (open === "`" && char === "$" && written.charAt(index + 1) === "{") stack.push("${")
    } else if (char === "/" && /[/*]/.test(written.charAt(index + 1))) stack.push(char + written.charAt(index + 1))
    else if (char === '"' || char === "'" || char === "`") stack.push(char)
    else if (char === "{" && open === "${") stack.push("${")
    else if (char === "}" && open === "${") stack.pop()
  }
  const open = stack[stack.length - 1]
  return open !== undefined && open !== "${"
}

/** The arguments that the panel's tools name. */
function argumentsOf(panel: Panel | undefined): string[] {
  return [...new Set((panel?.tools ?? []).flatMap(({ args }) => args.map(({ name }) => name)))]
}

const KEYWORDS: ReadonlySet<string> = new Set(
  "async await break case catch class const continue default delete do else false finally for function if in instanceof let new null of return static super switch this throw true try typeof undefined var void while yield nexus".split(
    " ",
  ),
)
