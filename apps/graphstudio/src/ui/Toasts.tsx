import { lazy, Suspense, useEffect } from "react"
import { useToasts } from "./toasts.ts"

const load = () => import("./ToastStack.tsx")
const ToastStack = lazy(load)
const LOAD_AFTER_MS = 3_000

/**
 * Where messages rise. What shows them is not needed before the first one, but must be here when that one says that the
 * line is gone; then it stays, for readers of the screen listen there.
 */
export function Toasts() {
  useEffect(() => {
    const timer = setTimeout(() => load().catch(() => undefined), LOAD_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  const told = useToasts(({ toasts, told }) => told || toasts.length > 0)
  return <Suspense fallback={null}>{told ? <ToastStack /> : null}</Suspense>
}
