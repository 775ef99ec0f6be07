import { LayoutGrid } from "lucide-react"
import { Button } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import { studio } from "../workspace/studio.ts"
import { STARTERS } from "./starters.ts"

interface StartersProps {
  readonly onPick: (source: string) => void
  /** May what was written be left? */
  readonly mayLeave: () => boolean
}

/** Sources to begin with: small ones that teach, and the way to the gallery. */
export function Starters({ onPick, mayLeave }: StartersProps) {
  return (
    <fieldset aria-label={say("Start from")} className="flex min-w-0 flex-wrap items-center gap-1.5 max-sm:basis-full">
      <span className="text-12 text-faint">{say("Start from")}</span>
      {STARTERS.map(({ name, teaches, source }) => (
        <Button key={name} small title={teaches} onClick={() => onPick(source)}>
          {name}
        </Button>
      ))}
      <Button
        small
        icon={<LayoutGrid size={13} />}
        onClick={() => mayLeave() && studio.set({ editing: undefined, gallery: true })}
      >
        {say("Gallery")}
      </Button>
    </fieldset>
  )
}
