import { useEffect } from "react"
import { onDemand } from "./on-demand.tsx"
import { useToasts } from "./toasts.ts"

const ToastStack = onDemand(() => import("./ToastStack.tsx"))
const LOAD_AFTER_MS = 3_000

/**
 * Where messages rise. What shows them is not needed before the first one, but must be here when that one says that the
 * line is gone; then it stays, for readers of the screen listen there.
 */
export function Toasts() {
  useEffect(() => {
    const timer = setTimeout(() => ToastStack.prefetch().catch(() => undefined), LOAD_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  const told = useToasts(({ toasts, told }) => told || toasts.length > 0)
  return told ? <ToastStack /> : null
}
