import { isJsonObject, type Json } from "@nexus/protocol"
import { textOf } from "../props.ts"

export const LEVELS = ["debug", "info", "warn", "error"] as const

export type Level = (typeof LEVELS)[number]

export interface LogLine {
  readonly message: string
  readonly level: Level
  /** Milliseconds since 1970. */
  readonly at: number | undefined
}

/** An entry as written: a text, or `{ message, level, at }` with a time in milliseconds or as ISO text. */
export function logLineOf(entry: unknown): LogLine {
  if (!isJsonObject(entry as Json)) return { message: textOf(entry), level: "info", at: undefined }
  const { message, level, at } = entry as { readonly [name: string]: unknown }
  return { message: textOf(message ?? entry), level: levelOf(level), at: timeOf(at) }
}

/** Whether a line is at least as grave as `least`. */
export function isAtLeast({ level }: LogLine, least: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(least)
}

export function levelOf(text: unknown): Level {
  const word = text === "warning" ? "warn" : text
  return LEVELS.find((level) => level === word) ?? "info"
}

function timeOf(at: unknown): number | undefined {
  const time = typeof at === "string" ? Date.parse(at) : at
  return typeof time === "number" && Number.isFinite(time) ? time : undefined
}
