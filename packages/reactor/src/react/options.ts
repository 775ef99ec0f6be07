import { equalJson, isJsonObject, type Json } from "@nexus/protocol"
import { textOf } from "./props.ts"

export interface Option {
  readonly value: Json
  readonly label: string
}

/** Options as written: text parted by commas, a list of values, or a list of `{ value, label }`. */
export function optionsOf(given: unknown): readonly Option[] {
  const list = Array.isArray(given)
    ? given
    : textOf(given)
        .split(",")
        .map((text) => text.trim())
        .filter(Boolean)
  return list.map((item: Json) => {
    if (!isJsonObject(item)) return { value: item, label: textOf(item) }
    const value = item.value ?? item.id ?? null
    return { value, label: textOf(item.label ?? item.title ?? item.name ?? value) }
  })
}

/** The position of the option with this value, or -1. */
export function indexOfOption(options: readonly Option[], value: unknown): number {
  return options.findIndex((option) => equalJson(option.value, value as Json))
}
