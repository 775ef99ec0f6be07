import { useEffect } from "react"
import { classNames } from "../ui/class-names.ts"
import { useInsets } from "../ui/insets.ts"
import { FROM_THE_RIGHT } from "../words/language.ts"
import { useDesk, useMayEdit, usePanels } from "../workspace/desk-context.ts"
import { useStudio } from "../workspace/studio.ts"
import { Invitation } from "./Invitation.tsx"
import { stepsFor, tour, useTour } from "./progress.ts"
import { TourCard } from "./TourCard.tsx"
import { witness } from "./witness.ts"
import "./tour.css"

/** Air between the card and what lies beside it. */
const AIR = 12
/** Beside it, in less than this, there is no room for the canvas's controls: the card stands above them. */
const ROOM = 960
/** The rail with its air. */
const BESIDE_RAIL = 64

/** At the canvas's lower edge, beside whatever drawer is open: the invitation once, then the step one is at. */
export default function Tour() {
  const { at } = useTour()
  const { mirror } = useDesk()
  const editable = useMayEdit()
  const empty = usePanels().length === 0
  const past = useStudio((state) => state.instant !== undefined)
  const drawer = useInsets((state) => (FROM_THE_RIGHT ? state.right : state.left))
  const room = useInsets(({ left, right }) => innerWidth - left - right)
  const steps = stepsFor(editable)

  useEffect(() => (at === "running" ? witness(mirror, document, tour.tick) : undefined), [at, mirror])

  // An empty desk teaches by itself.
  const invites = at === "new" && !empty && !past
  if (at !== "running" && !invites) return null
  return (
    <div
      style={{ insetInlineStart: Math.max(BESIDE_RAIL, drawer + AIR) }}
      className={classNames(
        "pointer-events-none absolute z-[15] flex w-[340px] max-w-[calc(100vw-80px)] max-lg:bottom-16",
        room < ROOM ? "bottom-16" : "bottom-4",
      )}
    >
      {at === "running" ? <TourCard steps={steps} /> : <Invitation onTake={() => tour.start(editable)} />}
    </div>
  )
}
