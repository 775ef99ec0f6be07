import type { LogLine } from "../workspace/activity.ts"

/** How each level looks, the least first. */
export const LEVELS: Readonly<Record<LogLine["level"], string>> = {
  debug: "text-faint",
  info: "text-ink",
  warn: "text-careful",
  error: "text-wrong",
}
