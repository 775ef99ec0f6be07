import { isArray, isJson, isJsonObject, type Json, type StateType } from "@nexus/protocol"
import { say } from "../words/say.ts"

/** A value as a person types it: words as they are, everything else as JSON. */
export function printValue(type: StateType, value: Json): string {
  return type === "string" && typeof value === "string" ? value : JSON.stringify(value, null, 2)
}

export type ParsedValue = { readonly value: Json } | { readonly wrong: string }

/** What was typed as a value of the state's type, or a sentence that says what is wanted. */
export function parseValue(type: StateType, text: string): ParsedValue {
  if (type === "string") return { value: text }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { wrong: type === "list" || type === "object" ? jsonSentence(error) : WANTED[type] }
  }
  return isJson(value) && typeOf(value) === type ? { value } : { wrong: WANTED[type] }
}

const WANTED: Readonly<Record<StateType, string>> = {
  string: "",
  number: say("Write a number, such as 3 or 0.5."),
  boolean: say("Write true or false."),
  list: say("Write a list, such as [1, 2]."),
  object: say("Write an object, such as {example}.", { example: '{ "name": "Ada" }' }),
}

function typeOf(value: Json): StateType | undefined {
  if (isArray(value)) return "list"
  if (isJsonObject(value)) return "object"
  if (typeof value === "number") return "number"
  if (typeof value === "boolean") return "boolean"
  return typeof value === "string" ? "string" : undefined
}

function jsonSentence(error: unknown): string {
  const detail = error instanceof Error ? error.message : ""
  return say("This is no JSON yet: {detail}", { detail })
}
