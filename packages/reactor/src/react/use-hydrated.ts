import { useSyncExternalStore } from "react"

const never = () => () => undefined

/** False on the server and while the browser takes its HTML over, true from then on: what needs a script shows only after. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
