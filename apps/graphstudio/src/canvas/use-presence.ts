import type { Peer } from "@nexus/protocol"
import { useEffect } from "react"
import { useDesk, usePeers } from "../workspace/desk-context.ts"
import { useStudio } from "../workspace/studio.ts"
import { ownPresence } from "./own-presence.ts"

/** Tells the others what is selected here. */
export function usePresence(): void {
  const { mirror } = useDesk()
  const selection = useStudio((state) => state.selection)
  useEffect(() => ownPresence(mirror).set({ selection: [...selection] }), [mirror, selection])
}

/** Is anybody else here? */
export function useCompany(): boolean {
  const { user } = useDesk()
  return usePeers().some((peer) => peer.user !== user.id)
}

/** Who else has this panel selected. */
export function usePeersOn(panel: string): readonly Peer[] {
  const { user } = useDesk()
  return usePeers().filter((peer) => peer.user !== user.id && hasSelected(peer, panel))
}

function hasSelected({ presence }: Peer, panel: string): boolean {
  return Array.isArray(presence.selection) && presence.selection.includes(panel)
}
