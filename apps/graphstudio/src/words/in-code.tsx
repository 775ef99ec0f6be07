import type { ReactNode } from "react"

/** Draws what stands between `<code>` and `</code>` of a message. */
export function inCode(inside: ReactNode[]): ReactNode {
  return <code className="font-mono text-12">{inside}</code>
}
