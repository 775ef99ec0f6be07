import { useCallback, useMemo, useSyncExternalStore } from "react"
import { createComputed, type Readable, watch } from "../store/signal.ts"

/** The value of a signal; the component renders again when it changes, and at no other time. */
export function useReadable<Value>(read: Readable<Value>): Value {
  const subscribe = useCallback((changed: () => void) => watch(read, changed), [read])
  return useSyncExternalStore(subscribe, read, read)
}

/** What `read` gives, from whatever signals it reads. `read` must be stable (`useCallback`) or cheap to set up anew. */
export function useValue<Value>(read: () => Value): Value {
  return useReadable(useMemo(() => createComputed(read), [read]))
}
