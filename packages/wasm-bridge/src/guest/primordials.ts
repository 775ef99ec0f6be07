/**
 * What the prelude needs of the language, taken before any handler's code exists. A handler may redefine
 * `JSON.stringify`, `Promise.prototype.then` or a setter on `Array.prototype`: it harms itself and nothing here.
 *
 * That is why nothing here is iterated, destructured from a list or written as a template: the interpreter makes a
 * template by asking `String.prototype.concat`, and iterates by asking `Array.prototype`.
 *
 * The files of this folder run inside the sandbox: their text, types stripped and imports dropped, is evaluated as one
 * strict script in the order that `guest-source.ts` names. They own no Node or DOM API, and their top-level names are
 * one namespace.
 */
export const { parse, stringify } = JSON
export const { apply } = Reflect
export const { defineProperty, freeze, keys, hasOwn, is } = Object
export const { floor, min: smaller } = Math
export const { isArray } = Array
export const { isFinite: isFiniteNumber } = Number
export const GuestPromise = Promise
export const GuestError = Error
export const GuestTypeError = TypeError
export const toText = String
const { then } = Promise.prototype
const { exec } = RegExp.prototype
const { slice } = String.prototype
const { toString: numberToString } = Number.prototype

export function followed(promise: unknown, done: (value: unknown) => void, failed: (reason: unknown) => void): void {
  apply(then, promise, [done, failed])
}

export function cut(text: string, length: number): string {
  return text.length > length ? apply(slice, text, [0, length]) : text
}

const framePattern = /\bhandler:(\d+):(\d+)/

/** `line:column` of the handler's own code that led here, in its script; empty where the stack does not name it. */
export function scriptPosition(): string {
  try {
    const match = matched(framePattern, toText(new GuestError().stack))
    return match ? match[1] + ":" + match[2] : ""
  } catch {
    return ""
  }
}

export function matched(pattern: RegExp, text: string): RegExpExecArray | null {
  return apply(exec, pattern, [text])
}

export function inBase36(digit: number): string {
  return apply(numberToString, digit, [36])
}

/** JSON text of any value; what JSON cannot say becomes `null`. May run the handler's own getters and `toJSON`. */
export function jsonOf(value: unknown): string {
  return stringify(value) ?? "null"
}

/** A descriptor that an altered `Object.prototype` cannot add to. */
export interface Descriptor extends PropertyDescriptor {
  readonly __proto__: null
}

/** A global that handlers can read and not replace. */
export function expose(name: string, value: unknown): void {
  const descriptor: Descriptor = { __proto__: null, value, writable: false, configurable: false, enumerable: false }
  defineProperty(globalThis, name, descriptor)
}

export function exposeGetter(name: string, get: () => unknown): void {
  const descriptor: Descriptor = { __proto__: null, get, configurable: false, enumerable: false }
  defineProperty(globalThis, name, descriptor)
}
