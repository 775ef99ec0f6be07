import type { Failure, Limits } from "@nexus/protocol"
import { GuestException } from "./context.ts"
import { GuestMemoryError } from "./marshal.ts"

/**
 * Guest errors as failures whose line is a line of the NXML document. The handler's text is evaluated behind a fixed
 * opening on its own first line, so line n of the script is line n of the text; only the columns of the first line
 * are moved.
 */
export const SCRIPT_NAME = "handler"
const OPENING = '(async function handler() { "use strict"; '

export function handlerScript(source: string): string {
  return `${OPENING}${source}\n})`
}

export interface GuestError {
  readonly name: string
  readonly message: string
  readonly stack: string
}

/** Whose failure it is: the handler's name and the NXML line of its first line. */
export interface Place {
  readonly handler: string
  readonly line: number
}

const FRAME = /\(?handler:(\d+):(\d+)\)?/
const SCRIPT_POSITION = /^(\d{1,7}):(\d{1,7})$/
const STACK_FRAMES = 8
const OVERFLOW = /^RangeError: Maximum call stack size exceeded$/
const TOO_DEEP = "the code is nested too deeply"

export function failureOf(error: GuestError, place: Place, limits: Limits): Failure {
  if (error.name === "InternalError" && error.message === "out of memory")
    return memoryFailure(place, limits, error.stack)
  const { handler } = place
  const named = error.name && error.name !== "Error" ? `${error.name}: ${error.message}` : error.message
  const message = OVERFLOW.test(named) ? `${named} of ${Math.round(limits.stackBytes / 1024)} KB` : named
  const stack = shortStack(error.stack, place)
  return { code: "handler-failed", handler, message, ...positionOf(error.stack, place), ...(stack ? { stack } : {}) }
}

export function memoryFailure(place: Place, limits: Limits, stack = ""): Failure {
  return {
    code: "handler-memory",
    handler: place.handler,
    limitBytes: limits.memoryBytes,
    ...positionOf(stack, place),
  }
}

export function timeoutFailure(place: Place, limits: Limits, stack = ""): Failure {
  return { code: "handler-timeout", handler: place.handler, limitMs: limits.cpuMs, ...positionOf(stack, place) }
}

interface Position {
  readonly line: number
  readonly column: number
}

function positionOf(stack: string, place: Place): Position | undefined {
  const match = FRAME.exec(stack)
  return match ? nxmlPosition(`${match[1]}:${match[2]}`, place) : undefined
}

/** The NXML position of `line:column` of the handler's script; `undefined` for another text. */
export function nxmlPosition(scriptPosition: string, { line: first }: Pick<Place, "line">): Position | undefined {
  const match = SCRIPT_POSITION.exec(scriptPosition)
  if (!match) return undefined
  const line = Number(match[1])
  const column = line === 1 ? Math.max(1, Number(match[2]) - OPENING.length) : Number(match[2])
  return { line: first + line - 1, column }
}

/** The frames of the handler itself, each with its NXML position. */
function shortStack(stack: string, place: Place): string {
  const frames: string[] = []
  for (const text of stack.split("\n")) {
    const position = positionOf(text, place)
    if (!position || frames.length === STACK_FRAMES) continue
    const name = /at (\S+) \(/.exec(text)?.[1] ?? "<anonymous>"
    frames.push(`at ${name} (${place.handler}:${position.line}:${position.column})`)
  }
  return frames.join("\n")
}

/** What came out of a machine, as text; `broken` when wasm frames were torn down and the machine must go. */
export function guestErrorOf(error: unknown): { readonly guest: GuestError; readonly broken: boolean } {
  if (error instanceof GuestException) {
    return { guest: { name: error.guestName, message: error.message, stack: error.guestStack }, broken: false }
  }
  if (error instanceof GuestMemoryError) {
    return { guest: { name: "InternalError", message: error.message, stack: "" }, broken: false }
  }
  if (error instanceof RangeError) return { guest: { name: "RangeError", message: TOO_DEEP, stack: "" }, broken: true }
  if (error instanceof WebAssembly.RuntimeError) {
    return { guest: { name: "EngineTrap", message: error.message, stack: "" }, broken: true }
  }
  throw error
}
