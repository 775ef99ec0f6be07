import { readFileSync } from "node:fs"
import { glob } from "node:fs/promises"
import { resolve } from "node:path"
import { parseAst } from "vite"

const SRC = resolve(import.meta.dirname, "../../src")

/** A text that a page asks for: the message, and where. `undefined` where the message is not written out at its place. */
export interface Asked {
  readonly message: string | undefined
  readonly file: string
}

/** Every message that sources (those of the studio) ask for by `names`, read from their syntax trees. */
export async function messagesIn(
  source = SRC,
  names: readonly string[] = ["say", "sayRich"],
): Promise<readonly Asked[]> {
  const asked: Asked[] = []
  for await (const file of glob("**/*.{ts,tsx}", { cwd: source })) {
    if (file === "words/say.ts") continue
    const program: unknown = parseAst(readFileSync(resolve(source, file), "utf8"), {
      lang: file.endsWith("x") ? "tsx" : "ts",
    })
    for (const message of messagesOf(program, names)) asked.push({ message, file })
  }
  return asked
}

function* messagesOf(node: unknown, names: readonly string[]): Generator<string | undefined> {
  if (Array.isArray(node)) for (const one of node) yield* messagesOf(one, names)
  if (!isRecord(node)) return
  const { type, callee } = node
  if (type === "CallExpression" && isRecord(callee) && names.includes(String(callee.name))) {
    yield* textsOf(Array.isArray(node.arguments) ? node.arguments[0] : undefined)
  }
  if (type === "CallExpression" && isRecord(callee) && callee.name === "sayFor" && Array.isArray(node.arguments)) {
    const [what, word] = node.arguments.flatMap((argument: unknown) => [...textsOf(argument)])
    yield what && word && `${word} @ ${what}`
    yield word
  }
  for (const part of Object.values(node)) if (typeof part === "object") yield* messagesOf(part, names)
}

/** What is written out there, also one of two; nothing where it is not written out. */
function* textsOf(node: unknown): Generator<string | undefined> {
  if (isRecord(node) && node.type === "ConditionalExpression") {
    yield* textsOf(node.consequent)
    yield* textsOf(node.alternate)
  } else yield isRecord(node) && node.type === "Literal" && typeof node.value === "string" ? node.value : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
