import { History } from "lucide-react"
import { instant as instantText } from "../ui/ago.ts"
import { Button } from "../ui/Button.tsx"
import { say, sayRich } from "../words/say.ts"
import { studio, useStudio } from "../workspace/studio.ts"

/** Says that the canvas shows another instant, and leads back. */
export function PastBanner() {
  const instant = useStudio((state) => state.instant)
  if (instant === undefined) return null
  return (
    <div className="nx-fade -translate-x-1/2 absolute top-3 left-1/2 z-20 flex items-center gap-3 rounded-full border border-info bg-info-soft py-1 pe-1 ps-4 text-13 text-info shadow-lifted phone:inset-x-3 phone:top-auto phone:bottom-3 phone:mx-auto phone:w-fit phone:translate-x-0 phone:rounded-sheet phone:ps-3 phone:text-12">
      <span role="status" className="flex items-center gap-2 whitespace-nowrap phone:whitespace-normal">
        <History size={15} className="flex-none" />
        <span>
          {sayRich("As it was on <b>{instant}</b> · to look at, not to change", {
            instant: instantText(instant),
            b: (inside) => <span className="tabular font-medium">{inside}</span>,
          })}
        </span>
      </span>
      <Button small className="rounded-full" onClick={() => studio.set({ instant: undefined })}>
        {say("Return")}
      </Button>
    </div>
  )
}
