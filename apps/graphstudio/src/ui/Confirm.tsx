import { lazy, Suspense } from "react"
import { useConfirm } from "./ask.ts"

const ConfirmDialog = lazy(() => import("./ConfirmDialog.tsx"))

/** Where `confirm` asks; its dialog is loaded with the first question. */
export function Confirm() {
  const asked = useConfirm(({ question }) => question !== undefined)
  return <Suspense fallback={null}>{asked ? <ConfirmDialog /> : null}</Suspense>
}
