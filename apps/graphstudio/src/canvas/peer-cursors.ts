import type { Peer } from "@nexus/protocol"
import * as z from "zod"

/** Another person's pointer, in the canvas's own coordinates. */
export interface PeerCursor {
  readonly session: string
  readonly user: string
  readonly name: string
  readonly x: number
  readonly y: number
}

const Cursor = z.object({ x: z.number(), y: z.number() })

/** The pointers of others; presence is whatever their clients said, so it is looked at before it is believed. */
export function peerCursors(peers: readonly Peer[], self: string): readonly PeerCursor[] {
  return peers.flatMap(({ session, user, name, presence }) => {
    const cursor = Cursor.safeParse(presence.cursor)
    return user === self || !cursor.success ? [] : [{ session, user, name, ...cursor.data }]
  })
}
