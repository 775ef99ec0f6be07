import { type CapabilityDeclaration, type CapabilityType, covers } from "@nexus/protocol"
import { nearest } from "../nearest.ts"
import type { Problems } from "../problems.ts"
import type { HostUse } from "./script-analysis.ts"

/** What a handler can ask the kernel for, and the capability that each call needs. `nexus.sleep` and `nexus.ask` are calls themselves. */
const METHODS: { readonly [group: string]: CapabilityType | { readonly [method: string]: CapabilityType } } = {
  http: { fetch: "http" },
  kv: { get: "kv", set: "kv", delete: "kv", list: "kv" },
  files: {
    read: "files:read",
    list: "files:read",
    stat: "files:read",
    exists: "files:read",
    write: "files:write",
    delete: "files:write",
  },
  db: {
    select: "db:read",
    count: "db:read",
    insert: "db:write",
    update: "db:write",
    delete: "db:write",
    createTable: "db:write",
    dropTable: "db:write",
  },
  panels: { read: "panels:read", tools: "panels:read", call: "panels:call" },
  ai: { complete: "ai" },
  events: { emit: "events", next: "events" },
  sleep: "time",
  ask: "ask",
}

/** Whose first argument is the scope that is needed, as it stands. */
const SCOPED: ReadonlySet<CapabilityType> = new Set([
  "kv",
  "files:read",
  "files:write",
  "db:read",
  "db:write",
  "events",
])

/** Which capability `nexus.<path>(…)` needs; else what there is instead. */
function neededCapability([group = "", method, ...more]: readonly string[]):
  | CapabilityType
  | { readonly hint: string } {
  const found = Object.hasOwn(METHODS, group) ? METHODS[group] : undefined
  if (found === undefined) return hintOf("nexus", group, Object.keys(METHODS))
  if (typeof found === "string") return method === undefined ? found : { hint: `nexus.${group}(…) is the call itself.` }
  const type = method !== undefined && more.length === 0 && Object.hasOwn(found, method) ? found[method] : undefined
  return type ?? hintOf(`nexus.${group}`, method ?? "", Object.keys(found))
}

function hintOf(owner: string, word: string, known: readonly string[]): { readonly hint: string } {
  const near = nearest(word, known)
  return { hint: near === undefined ? `There are ${known.join(", ")}.` : `Did you mean ${owner}.${near}?` }
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
    if (typeof type === "object") {
      // A group, or what is behind a method, may be named for many reasons.
      if (!use.called) return
      this.#tell(call, offset, use.length, `There is no ${call}`, type.hint)
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
    } else if (SCOPED.has(type) && literal?.whole && !ofType.some(({ scope }) => allows(type, scope, literal.text))) {
      const scopes = ofType.map(({ scope }) => scope).join(", ")
      const hint = `Declared is ${scopes}; add <Capability type="${type}" scope="${literal.text}" reason="…"/>.`
      const message = `"${literal.text}" is outside of every declared ${type} scope`
      this.#tell(`${type} ${literal.text}`, offset, use.length, message, hint)
    }
  }

  #tell(key: string, offset: number, length: number, message: string, hint: string): void {
    if (this.#told.has(key)) return
    this.#told.add(key)
    this.#problems.add("undeclared-capability", offset, length, message, { hint })
  }
}

function allows(type: CapabilityType, scope: string, needed: string): boolean {
  return covers({ type, scope }, { type, scope: needed })
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
