import { Change, NexusError } from "@nexus/protocol"

/** A change as a journal keeps it, JSON text, at the place where it must stand. `unavailable` says which is damaged. */
export function readChange(body: string, workspace: string, seq: number): Change {
  try {
    const change = Change.parse(JSON.parse(body))
    if (change.seq === seq) return change
    throw new Error(`change ${change.seq} stands in its place`)
  } catch (cause) {
    const detail = `change ${seq} of workspace "${workspace}" is damaged. Nothing was written. Restore a backup.`
    throw new NexusError({ code: "unavailable", what: "The journal", detail }, { cause })
  }
}
