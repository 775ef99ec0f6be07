import type { Peer } from "@nexus/protocol"
import * as z from "zod"

const View = z.object({
  x: z.number().min(-1e7).max(1e7),
  y: z.number().min(-1e7).max(1e7),
  w: z.number().min(1).max(1e7),
  h: z.number().min(1).max(1e7),
})

/** A stretch of canvas that somebody has on screen, in the canvas's own coordinates. */
export type PeerView = Readonly<z.infer<typeof View>>

/** What `user` has on screen; of several screens the last that told. Presence is looked at before it is believed. */
export function viewOf(peers: readonly Peer[], user: string): PeerView | undefined {
  return peers
    .filter((peer) => peer.user === user)
    .map(({ presence }) => View.safeParse(presence.view).data)
    .findLast((view) => view !== undefined)
}
