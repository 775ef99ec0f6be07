import {
  isArray,
  isJsonObject,
  type Json,
  type JsonObject,
  NexusError,
  type Tool,
  type ToolArgument,
} from "@nexus/protocol"

/** What a tool's handler gets: each declared argument checked, or its default. Throws `invalid-input` for any other. */
export function toolArguments({ name, args }: Tool, given: Json | undefined): JsonObject {
  const values = given ?? {}
  if (!isJsonObject(values)) throw invalid(`${name} takes its arguments as an object`, "args")
  const declared = new Set(args.map((arg) => arg.name))
  const unknown = Object.keys(values).find((key) => !declared.has(key))
  if (unknown !== undefined) {
    throw invalid(`${name} takes ${[...declared].join(", ") || "no arguments"}`, `args.${unknown.slice(0, 100)}`)
  }
  const taken: Record<string, Json> = {}
  for (const arg of args) {
    const value = Object.hasOwn(values, arg.name) ? values[arg.name] : arg.initial
    if (value === undefined) {
      if (arg.required) throw invalid(`${name} needs it, of the type ${arg.type}`, `args.${arg.name}`)
      continue
    }
    if (!isOfType(value, arg.type)) throw invalid(`${name} takes a ${arg.type} here`, `args.${arg.name}`)
    taken[arg.name] = value
  }
  return taken
}

function isOfType(value: Json, type: ToolArgument["type"]): boolean {
  if (type === "list") return isArray(value)
  if (type === "object") return isJsonObject(value)
  return typeof value === type
}

function invalid(detail: string, path: string): NexusError {
  return new NexusError({ code: "invalid-input", detail, path })
}
