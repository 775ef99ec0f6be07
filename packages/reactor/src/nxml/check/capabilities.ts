import { type CapabilityDeclaration, type CapabilityType, covers } from "@nexus/protocol"
import { nearest } from "../nearest.ts"
import type { Problems } from "../problems.ts"
import type { HostUse } from "./script-analysis.ts"

const READING: ReadonlySet<string> = new Set([
  "read",
  "list",
  "stat",
  "exists",
  "get",
  "query",
  "select",
  "find",
  "count",
  "all",
])

/** Which capability `nexus.<path>(…)` needs; undefined when there is no such thing. */
export function neededCapability(path: readonly string[]): CapabilityType | undefined {
  const [group, method = ""] = path
  switch (group) {
    case "http":
    case "kv":
    case "ai":
    case "ask":
    case "events":
    case "time":
      return group
    case "sleep":
      return "time"
    case "files":
      return READING.has(method) ? "files:read" : "files:write"
    case "db":
      return READING.has(method) ? "db:read" : "db:write"
    case "panels":
      return method === "call" ? "panels:call" : "panels:read"
    default:
      return undefined
  }
}

/** Compares what handlers call with what is declared: each missing declaration is told once, at its first use. */
export class CapabilityCheck {
  readonly #declared: readonly CapabilityDeclaration[]
  readonly #problems: Problems
  readonly #told = new Set<string>()

  constructor(declared: readonly CapabilityDeclaration[], problems: Problems) {
    this.#declared = declared
    this.#problems = problems
  }

  check(use: HostUse, offset: number): void {
    const call = `nexus.${use.path.join(".")}`
    const type = neededCapability(use.path)
    if (type === undefined) {
      const groups = ["http", "kv", "files", "db", "panels", "ai", "ask", "events", "sleep"]
      const near = nearest(use.path[0] ?? "", groups)
      this.#tell(
        call,
        offset,
        use.length,
        `There is no ${call}`,
        near === undefined ? `There are ${groups.join(", ")}.` : `Did you mean nexus.${near}?`,
      )
      return
    }
    const ofType = this.#declared.filter((capability) => capability.type === type)
    const literal = use.literal
    if (ofType.length === 0) {
      const scope = type === "http" && literal !== undefined ? ` scope="${originOf(literal.text)}/*"` : ""
      this.#tell(
        type,
        offset,
        use.length,
        `${call} needs the capability "${type}", which is not declared`,
        `Add <Capability type="${type}"${scope} reason="…"/> to Logic.`,
      )
    } else if (type === "http" && literal !== undefined && !ofType.some(({ scope }) => reaches(scope, literal))) {
      const scopes = ofType.map(({ scope }) => scope).join(", ")
      const hint = `Declared is ${scopes}; add <Capability type="http" scope="${originOf(literal.text)}/*" reason="…"/>.`
      this.#tell(
        `http ${literal.text}`,
        offset,
        use.length,
        `${literal.text} is outside of every declared http scope`,
        hint,
      )
    }
  }

  #tell(key: string, offset: number, length: number, message: string, hint: string): void {
    if (this.#told.has(key)) return
    this.#told.add(key)
    this.#problems.add("undeclared-capability", offset, length, message, { hint })
  }
}

/** Can the scope cover an address of which only the beginning may be known? */
function reaches(scope: string, literal: { readonly text: string; readonly whole: boolean }): boolean {
  if (literal.whole)
    return covers({ type: "http", scope }, { type: "http", scope: literal.text }) || !isAddress(literal.text)
  const fixed = scope.split("*", 1)[0] ?? ""
  return scope === "" || fixed.startsWith(literal.text) || literal.text.startsWith(fixed)
}

/** A path such as `/examples/x.json` is the kernel's own data; it is judged when it is called. */
function isAddress(text: string): boolean {
  return /^[a-z]+:\/\//i.test(text)
}

function originOf(address: string): string {
  return /^[a-z]+:\/\/[^/?#]*/i.exec(address)?.[0] ?? "https://example.org"
}
