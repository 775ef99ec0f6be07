import { Footprints, X } from "lucide-react"
import { Button, IconButton } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import { tour } from "./progress.ts"

/** Offered once on a device, below the panels; it asks for nothing and waits for nothing. A phone has no room to spare. */
export function Invitation({ onTake }: { readonly onTake: () => void }) {
  return (
    <section
      aria-label={say("Tour")}
      className="nx-fade pointer-events-auto flex items-center gap-2 rounded-sheet border border-line bg-raised py-1 ps-3 pe-1 shadow-lifted max-sm:hidden"
    >
      <Footprints size={15} className="flex-none text-accent" />
      <span className="text-13 text-soft">{say("New here?")}</span>
      <Button small tone="quiet" className="text-accent" onClick={onTake}>
        {say("Take the three-minute tour")}
      </Button>
      <IconButton small side="top" label={say("No tour, thanks")} icon={<X size={14} />} onClick={() => tour.end()} />
    </section>
  )
}
