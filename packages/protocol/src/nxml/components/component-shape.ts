import { isJson } from "../../json.ts"
import type { ComponentProperties } from "./package-component.ts"

/**
 * What the schema `ComponentProperties` says, by hand: whoever paints a panel reads packages' components from the graph
 * and should not load a schema library for it. The kernel's door asks the schema; a test holds both to one answer.
 */
type Fields = { readonly [name: string]: unknown }

const TYPES: readonly unknown[] = ["string", "number", "boolean", "list", "object", "any", "enum"]
const PROP = ["type", "doc", "required", "values", "initial"]
const WIDTH = ["min", "ideal", "max"]
const DECLARATION = "name doc props events children bind labelledBy width example sample keyboard".split(" ")
const IDENTIFIER = /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,63}$/

/** Are these the properties of an entity of kind `component`? */
export function isComponentProperties(value: unknown): value is ComponentProperties {
  return isFields(value) && isText(value.source, 1, 200_000) && isDeclaration(value.declaration)
}

function isDeclaration(it: unknown): boolean {
  if (!isFields(it, DECLARATION) || !isFields(it.props) || !isFields(it.events) || !isWidth(it.width)) return false
  return (
    matches(it.name, /^[A-Z][A-Za-z0-9]{0,63}$/) &&
    isDoc(it.doc) &&
    Object.entries(it.props).every(([name, prop]) => IDENTIFIER.test(name) && isProp(prop)) &&
    Object.entries(it.events).every(([name, doc]) => /^on[A-Z][A-Za-z0-9]{0,60}$/.test(name) && isDoc(doc)) &&
    (it.children === "none" || it.children === "components") &&
    given(it, "bind", (bind) => TYPES.includes(bind)) &&
    given(it, "labelledBy", (names) => isList(names, 0, 8, (name) => matches(name, IDENTIFIER))) &&
    isText(it.example, 1, 10_000) &&
    given(it, "sample", isSample) &&
    given(it, "keyboard", isDoc) &&
    (it.bind === undefined || it.props.value !== undefined) &&
    !("id" in it.props || "bind" in it.props)
  )
}

function isProp(prop: unknown): boolean {
  return (
    isFields(prop, PROP) &&
    TYPES.includes(prop.type) &&
    isDoc(prop.doc) &&
    given(prop, "required", (required) => required === true) &&
    given(prop, "values", (values) => isList(values, 1, 100, (value) => isText(value, 0, 100))) &&
    given(prop, "initial", (it) => isText(it, 0, 10_000) || typeof it === "boolean" || Number.isFinite(it)) &&
    (prop.type === "enum") === (prop.values !== undefined)
  )
}

function isWidth(width: unknown): boolean {
  if (!isFields(width, WIDTH)) return false
  const { min, ideal, max } = width
  if (typeof min !== "number" || typeof ideal !== "number" || typeof max !== "number") return false
  return 0 <= min && min <= ideal && ideal <= max && max <= 4096
}

function isSample(sample: unknown): boolean {
  return isFields(sample) && Object.entries(sample).every(([name, value]) => IDENTIFIER.test(name) && isJson(value))
}

function isFields(value: unknown, known?: readonly string[]): value is Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false
  return known === undefined || Object.keys(value).every((name) => known.includes(name))
}

/** Absent, or as it should be; `undefined` is neither. */
function given(fields: Fields, name: string, holds: (value: unknown) => boolean): boolean {
  return !Object.hasOwn(fields, name) || holds(fields[name])
}

function isList(value: unknown, least: number, most: number, each: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length >= least && value.length <= most && value.every(each)
}

function isText(value: unknown, least: number, most: number): boolean {
  return typeof value === "string" && value.length >= least && value.length <= most
}

function isDoc(value: unknown): boolean {
  return isText(value, 1, 2000)
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value)
}
