import { useConfirm } from "./ask.ts"
import { onDemand } from "./on-demand.tsx"

const ConfirmDialog = onDemand(() => import("./ConfirmDialog.tsx"))

/** Where `confirm` asks; its dialog is loaded with the first question. */
export function Confirm() {
  const asked = useConfirm(({ question }) => question !== undefined)
  return asked ? <ConfirmDialog /> : null
}
