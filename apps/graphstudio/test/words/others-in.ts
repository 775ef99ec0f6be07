import { readFileSync } from "node:fs"
import { glob } from "node:fs/promises"
import { resolve } from "node:path"
import { parseAst } from "vite"

const PACKAGES = resolve(import.meta.dirname, "../../../../packages")

/** Where sentences stand that a person reads in the studio: arguments of these calls, by their place, and these members. */
const CALLS: ReadonlyMap<string, readonly number[]> = new Map([
  ["add", [3]],
  ["#note", [3]],
  ["#tell", [3, 4]],
  ["ExpressionError", [1, 4]],
  ["submit", [1]],
])
const MEMBERS = ["message", "hint", "label", "detail", "reason"]

interface Told {
  readonly text: string
  readonly file: string
}

/** The sentences of other packages' sources, each with something in the place of its values. */
export async function othersIn(patterns: readonly string[]): Promise<readonly Told[]> {
  const told: Told[] = []
  for await (const file of glob([...patterns], { cwd: PACKAGES })) {
    const program: unknown = parseAst(readFileSync(resolve(PACKAGES, file), "utf8"), {
      lang: file.endsWith("x") ? "tsx" : "ts",
    })
    for (const text of sentencesOf(program)) if (/[a-z] [a-z<"$]/i.test(text)) told.push({ text, file })
  }
  return told
}

function* sentencesOf(node: unknown): Generator<string> {
  if (Array.isArray(node)) for (const one of node) yield* sentencesOf(one)
  if (!isRecord(node)) return
  const { type, callee } = node
  if (type === "CallExpression" || type === "NewExpression") {
    const places = isRecord(callee) ? CALLS.get(nameOf(callee)) : undefined
    const given = Array.isArray(node.arguments) ? node.arguments : []
    for (const place of places ?? []) yield* textsOf(given[place])
  }
  if (type === "Property" && isRecord(node.key) && MEMBERS.includes(String(node.key.name))) yield* textsOf(node.value)
  if (type === "VariableDeclarator" && isRecord(node.id) && MEMBERS.includes(String(node.id.name)))
    yield* textsOf(node.init)
  for (const part of Object.values(node)) if (typeof part === "object") yield* sentencesOf(part)
}

function nameOf(callee: Readonly<Record<string, unknown>>): string {
  const { property, name } = callee
  if (!isRecord(property)) return String(name)
  return property.type === "PrivateIdentifier" ? `#${String(property.name)}` : String(property.name)
}

/** What stands there, also where one of two is taken; `x1` stands for a value. */
function* textsOf(node: unknown): Generator<string> {
  if (!isRecord(node)) return
  if (node.type === "Literal" && typeof node.value === "string") yield node.value
  if (node.type === "ConditionalExpression") {
    yield* textsOf(node.consequent)
    yield* textsOf(node.alternate)
  }
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis) || !Array.isArray(node.expressions)) return
  let texts = [""]
  for (const [index, part] of node.quasis.entries()) {
    const fixed = isRecord(part) && isRecord(part.value) ? String(part.value.cooked) : ""
    const held = index < node.expressions.length ? [...textsOf(node.expressions[index])] : [""]
    texts = texts.flatMap((text) => (held.length > 0 ? held : ["x1"]).map((value) => text + fixed + value))
  }
  yield* texts
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
