import { Json } from "@nexus/protocol"
import * as z from "zod"

/**
 * One field of a record. A field knows its type, its unit and whether it is about a person; the check, the JSON
 * Schema, the TypeScript and the privacy rule are all read from this one value. `pii: "drop"` never reaches a store;
 * `pii: "hash"` is kept as a keyed hash, so that equal people stay equal without being named.
 */
export interface Field<Value = unknown> {
  readonly schema: z.ZodType<Value>
  readonly typescript: string
  readonly optional: boolean
  readonly unit?: string
  readonly pii?: "drop" | "hash"
}

export type Fields = { readonly [name: string]: Field }

type OptionalNames<Shape extends Fields> = {
  [Name in keyof Shape]: Shape[Name] extends { readonly optional: true } ? Name : never
}[keyof Shape]

/** The record that `Shape` describes. */
export type ValuesOf<Shape extends Fields> = {
  readonly [Name in Exclude<keyof Shape, OptionalNames<Shape>>]: Shape[Name] extends Field<infer Value> ? Value : never
} & {
  readonly [Name in OptionalNames<Shape>]?: (Shape[Name] extends Field<infer Value> ? Value : never) | undefined
}

interface Required<Value> extends Field<Value> {
  readonly optional: false
}

function field<Value>(schema: z.ZodType<Value>, typescript: string): Required<Value> {
  return { schema, typescript, optional: false }
}

/** Text, cut at 4,000 characters. */
export const text = (): Required<string> =>
  field(
    z.string().overwrite((given) => given.slice(0, 4000)),
    "string",
  )
export const flag = (): Required<boolean> => field(z.boolean(), "boolean")
export const json = (): Required<Json> => field(Json, "unknown")

/** A whole number with its unit, such as `count("B")`. */
export function count(unit: string): Required<number> {
  return { ...field(z.number().int(), "number"), unit }
}

/** A number with its unit, such as `measure("ms")`. */
export function measure(unit: string): Required<number> {
  return { ...field(z.number(), "number"), unit }
}

export function choice<const Value extends string>(...values: readonly [Value, ...Value[]]): Required<Value> {
  return field<Value>(z.literal([...values]), values.map((value) => JSON.stringify(value)).join(" | "))
}

export function optional<Value>(of: Field<Value>): Field<Value> & { readonly optional: true } {
  return { ...of, optional: true }
}

/** Marks a field as being about a person: left out of every store, or kept as a keyed hash. */
export function pii<Of extends Field>(of: Of, treatment: "drop" | "hash"): Of {
  return { ...of, pii: treatment }
}
