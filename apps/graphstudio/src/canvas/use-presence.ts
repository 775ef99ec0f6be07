import type { Peer } from "@nexus/protocol"
import { useCallback, useEffect, useRef, useSyncExternalStore } from "react"
import { useDesk } from "../workspace/desk-context.ts"
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
  return useOthers(NOBODY_LEFT_OUT).length > 0
}

/** Who else has this panel selected, each person once. */
export function usePeersOn(panel: string): readonly Peer[] {
  return useOthers(useCallback((peer: Peer) => hasSelected(peer, panel), [panel]))
}

/** The other people here, each once; paints when they are others, not with every move of a pointer. */
export function useOthersHere(): readonly Peer[] {
  return useOthers(NOBODY_LEFT_OUT)
}

const NOBODY_LEFT_OUT = () => true

/** The others of whom `is` holds. Pointers move many times a second and each sheet asks, so it paints by who they are. */
function useOthers(is: (peer: Peer) => boolean): readonly Peer[] {
  const { user, mirror } = useDesk()
  const watch = useCallback((told: () => void) => mirror.onPeers(told), [mirror])
  const kept = useRef<readonly Peer[]>([])
  return useSyncExternalStore(watch, () => {
    const found = mirror.peers.filter((peer) => peer.user !== user.id && is(peer))
    const others = [...new Map(found.map((peer) => [peer.user, peer])).values()]
    if (!samePeople(others, kept.current)) kept.current = others
    return kept.current
  })
}

function samePeople(a: readonly Peer[], b: readonly Peer[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ user, name, role }, i) => user === b[i]?.user && name === b[i].name && role === b[i].role)
  )
}

function hasSelected({ presence }: Peer, panel: string): boolean {
  return Array.isArray(presence.selection) && presence.selection.includes(panel)
}
