import type { Json } from "../json.ts"
import type { ItemKey, Step } from "./operation.ts"

/**
 * What the recorder knows of single values: what may stand in a state, how it is copied, how places read in a sentence.
 * The sandbox evaluates its stripped text inside the guest, before that of `record.ts`: type imports only.
 */

type Fields = { readonly [name: string]: unknown }
type Place = string | number

/** What a state may be deep in all; deeper, `apply` refuses it. */
export const MAX_DEPTH = 256

/** Told of each object of the handler's own that was copied into the state: later changes of `value` are not in `copy`. */
export type OnCopy = (value: object, copy: object, where: () => string) => void

export function isPlain(value: unknown): value is null | string | number | boolean {
  if (typeof value === "number") return Number.isFinite(value)
  return typeof value === "string" || typeof value === "boolean" || value === null
}

export function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

export function keyOf(item: unknown): ItemKey | undefined {
  if (typeof item !== "object" || item === null || Array.isArray(item) || !Object.hasOwn(item, "id")) return undefined
  const id = (item as { id: unknown }).id
  return typeof id === "string" || typeof id === "number" ? id : undefined
}

/** A copy that later writes cannot reach. */
export function sealed(value: unknown): Json {
  if (Array.isArray(value)) return value.map(sealed)
  if (typeof value !== "object" || value === null) return value as Json
  const copy: { [name: string]: Json } = {}
  for (const name of Object.keys(value)) copy[name] = sealed((value as Fields)[name])
  return copy
}

export function assertName(name: Place, where: () => string): void {
  if (name === "__proto__") throw new TypeError(`${where()}: "__proto__" cannot name a value; choose another name`)
}

export function tailOf(place: string | number | symbol): string {
  return typeof place === "number" ? `[${place}]` : `.${String(place)}`
}

export function stepText(step: Step): string {
  if (typeof step === "string") return `.${step}`
  return "key" in step ? `[id ${step.key}]` : `[${step.index}]`
}

/** Why `value` cannot stand at `where`, and what to do. */
export function refused(where: string, value: unknown): TypeError {
  const kind =
    typeof value === "object" && value !== null ? `a ${value.constructor?.name ?? "strange object"}` : kindOf(value)
  return new TypeError(`${where} cannot be ${kind}: a state holds JSON only; ${adviceFor(kind)}`)
}

function kindOf(value: unknown): string {
  return typeof value === "undefined" || typeof value === "number" ? String(value) : `a ${typeof value}`
}

function adviceFor(kind: string): string {
  if (kind === "undefined") return "leave it out, delete it or use null"
  if (kind === "NaN" || kind === "Infinity" || kind === "-Infinity") return "use null, or a number that is finite"
  if (kind === "a bigint") return "use String(value), or Number(value) where it is small"
  if (kind === "a function") return "keep data there, and do the work in a handler"
  if (kind === "a symbol") return "use a text"
  if (kind === "a Date") return "use toISOString()"
  if (kind === "a Set") return "use a list: [...set]"
  if (kind === "a Map") return "use an object: Object.fromEntries(map)"
  if (kind === "a Promise") return "await it first"
  return "use plain data: { ...value }, or [...value] for a list"
}

export function isIndex(name: string): boolean {
  const index = Number(name)
  return Number.isInteger(index) && index >= 0 && index < 2 ** 32 - 1 && String(index) === name
}

export function integer(value: unknown): number {
  return Math.trunc(Number(value)) || 0
}

export function relative(value: unknown, length: number): number {
  const index = integer(value)
  return index < 0 ? Math.max(0, length + index) : Math.min(index, length)
}
