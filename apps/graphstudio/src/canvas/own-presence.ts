import type { Json, JsonObject } from "@nexus/protocol"
import type { WorkspaceMirror } from "@nexus/reactor/client"

/** Others see a pointer glide between the places that they are told; more often would be more bytes and no smoother. */
const EVERY_MS = 60

const kept = new WeakMap<WorkspaceMirror, OwnPresence>()

export interface OwnPresence {
  /** Adds to what the others are told of this screen; in a row it is told once. */
  set(part: JsonObject): void
}

/** What this screen tells of itself in a workspace: kept nowhere, and of everybody only the last is known. */
export function ownPresence(mirror: WorkspaceMirror): OwnPresence {
  const known = kept.get(mirror)
  if (known) return known
  let presence: { [name: string]: Json } = {}
  let waiting = false
  const made: OwnPresence = {
    set(part) {
      presence = { ...presence, ...part }
      if (waiting) return
      waiting = true
      setTimeout(() => {
        waiting = false
        mirror.setPresence(presence)
      }, EVERY_MS)
    },
  }
  kept.set(mirror, made)
  return made
}
