import { type Handler, type Json, type JsonObject, type Panel, STATE_TYPES, type StateType } from "@nexus/protocol"
import { parseValue } from "../inspector/parse-value.ts"

/** One argument as a form asks for it; `any` where only the code says that there is one. */
export interface HandlerArgument {
  readonly name: string
  readonly type: StateType | "any"
  readonly required: boolean
  readonly initial: Json | undefined
  readonly description: string
}

/**
 * What a handler takes: what its Tool declares, and what its code reads of `$args` besides. A handler without either is
 * run with nothing.
 */
export function argumentsOf(panel: Panel, { name, source }: Handler): readonly HandlerArgument[] {
  const declared = panel.tools.find(({ handler }) => handler === name)?.args ?? []
  const known = new Set(declared.map((one) => one.name))
  const read = namesRead(source).filter((one) => !known.has(one))
  return [
    ...declared,
    ...read.map((one) => ({ name: one, type: "any" as const, required: false, initial: undefined, description: "" })),
  ]
}

function namesRead(source: string): string[] {
  const names = new Set([...source.matchAll(/\$args\??\.([A-Za-z_]\w*)/g)].map(([, name = ""]) => name))
  for (const [, inside = ""] of source.matchAll(/\{([^{}]*)\}\s*=\s*\$args\b/g)) {
    for (const part of inside.split(",")) {
      const [, name] = /^\s*([A-Za-z_]\w*)/.exec(part) ?? []
      if (name !== undefined) names.add(name)
    }
  }
  return [...names]
}

export type ReadArguments = { readonly args: JsonObject } | { readonly wrong: { readonly [name: string]: string } }

/** What was typed into the form as the handler's arguments, or what is wrong with which; empty fields are left out. */
export function readArguments(
  wanted: readonly HandlerArgument[],
  typed: { readonly [name: string]: string },
  needed: string,
): ReadArguments {
  const args: { [name: string]: Json } = {}
  const wrong: { [name: string]: string } = {}
  for (const { name, type, required } of wanted) {
    const text = typed[name] ?? ""
    if (text === "") {
      if (required) wrong[name] = needed
      continue
    }
    const parsed = type === "any" ? anyValue(text) : parseValue(type, text)
    if ("wrong" in parsed) wrong[name] = parsed.wrong
    else args[name] = parsed.value
  }
  return Object.keys(wrong).length > 0 ? { wrong } : { args }
}

/** JSON where it is some, words where it is not: `3` is a number and `milk` a word. */
function anyValue(text: string): { readonly value: Json } {
  for (const type of STATE_TYPES) {
    if (type === "string") continue
    const parsed = parseValue(type, text)
    if ("value" in parsed) return parsed
  }
  return { value: text }
}
