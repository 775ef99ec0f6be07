import type { Failure } from "@nexus/protocol"
import type { Place } from "../workspace/studio.ts"

/** Where in the panel's source a failure happened, as far as it says. */
export function placeOf(failure: Failure | undefined): Place {
  return failure && "line" in failure ? { line: failure.line, column: failure.column } : {}
}
