import { History } from "lucide-react"
import { instant as instantText } from "../ui/ago.ts"
import { Button } from "../ui/Button.tsx"
import { studio, useStudio } from "../workspace/studio.ts"

/** Says that the canvas shows another instant, and leads back. */
export function PastBanner() {
  const instant = useStudio((state) => state.instant)
  if (instant === undefined) return null
  return (
    <div className="nx-fade -translate-x-1/2 absolute top-3 left-1/2 z-20 flex items-center gap-3 rounded-full border border-info bg-info-soft py-1 pe-1 ps-4 text-13 text-info shadow-lifted">
      <span role="status" className="flex items-center gap-2 whitespace-nowrap">
        <History size={15} />
        As it was on <span className="tabular font-medium">{instantText(instant)}</span> · to look at, not to change
      </span>
      <Button small className="rounded-full" onClick={() => studio.set({ instant: undefined })}>
        Return
      </Button>
    </div>
  )
}
