import type { Failure } from "@nexus/protocol"
import { LineLink } from "./LineLink.tsx"
import { placeOf } from "./place.ts"

/** The way to where a failure happened; nothing where it does not say. */
export function FailureLine({ panel, failure }: { readonly panel: string; readonly failure: Failure }) {
  const { line, column } = placeOf(failure)
  return line === undefined ? null : <LineLink panel={panel} line={line} column={column} />
}
