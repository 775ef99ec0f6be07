import { useStore, useStoreApi } from "@xyflow/react"
import { useEffect } from "react"
import { usePhone } from "./use-phone.ts"

/** Smaller than this a panel on a phone cannot be used by a finger. */
const MAP = 0.6

/**
 * Far out, a phone's canvas is a map: a finger anywhere moves it, and a tap on a panel opens that panel, where a desk
 * would press whatever tiny thing lies under the finger.
 */
export function useMap(): boolean {
  const { getState } = useStoreApi()
  const phone = usePhone()
  const map = useStore(({ transform }) => transform[2] < MAP) && phone
  useEffect(() => void getState().domNode?.toggleAttribute("data-map", map), [getState, map])
  return map
}
