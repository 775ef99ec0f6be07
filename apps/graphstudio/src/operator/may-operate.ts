import { endpoints } from "@nexus/protocol"
import { useEffect } from "react"
import { create } from "zustand"
import { useSession, useSessionState } from "../connect/session-context.ts"

/** Of whom it is known whether they run this installation. The kernel decides each time; this only saves a closed door. */
const useKnown = create<{ readonly user: string; readonly operator: boolean } | { readonly user: undefined }>(() => ({
  user: undefined,
}))
let asked: string | undefined

/** Whether who sits here runs this installation; `undefined` until it is known. */
export function useMayOperate(): boolean | undefined {
  const { api } = useSession()
  const { status, user } = useSessionState()
  const known = useKnown()
  const id = status === "signed-in" ? user?.id : undefined
  useEffect(() => {
    if (id === undefined || asked === id) return
    asked = id
    api.call(endpoints.me).then(
      ({ operator }) => useKnown.setState({ user: id, operator }, true),
      // Without a line it is asked again by whoever wants to know next.
      () => {
        asked = undefined
      },
    )
  }, [api, id])
  return known.user !== undefined && known.user === id ? known.operator : undefined
}
