import { components, type ViewNode } from "@nexus/protocol"
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react"
import type { Origin } from "../store/graph-signals.ts"
import type { Places } from "../store/places.ts"
import { sameValue } from "../store/same-value.ts"
import { createComputed, watch } from "../store/signal.ts"
import { readWithStale } from "../store/stale.ts"
import { usePanel } from "./panel-context.ts"
import { evaluateProps, Props } from "./props.ts"
import { useReadOnly } from "./read-only.tsx"

const FLASH_MS = 1000

interface Touched {
  readonly origin: Origin
  readonly fresh: boolean
}

/**
 * The evaluated attributes of one component. They are one derived value, so the component renders again exactly when one
 * of them comes out different. `touched` says who else caused that last, and is fresh for a second; one's own change ends
 * it. `stale` are the computed values among what they rest on that are kept until asked for.
 */
export function useProps(node: ViewNode, places: Places) {
  const live = usePanel()
  const [touched, setTouched] = useState<Touched>()
  const read = useMemo(() => createComputed(() => evaluateWithStale(node, places), sameValue), [node, places])
  const subscribe = useCallback(
    (changed: () => void) =>
      watch(read, () => {
        const { origin } = live
        setTouched(origin && { origin, fresh: true })
        changed()
      }),
    [read, live],
  )
  const { values, errors, stale } = useSyncExternalStore(subscribe, read, read)
  useEffect(() => {
    if (!touched?.fresh) return
    const timer = setTimeout(() => setTouched({ ...touched, fresh: false }), FLASH_MS)
    return () => clearTimeout(timer)
  }, [touched])
  const readOnly = useReadOnly(node)
  const props = useMemo(() => {
    const given = readOnly ? { ...values, disabled: true } : values
    return new Props(components.get(node.element), given)
  }, [node, values, readOnly])
  return { props, errors, stale, touched }
}

function evaluateWithStale(node: ViewNode, places: Places) {
  const { value, stale } = readWithStale(() => evaluateProps(node, places))
  return { ...value, stale }
}
