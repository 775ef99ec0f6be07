import { ChevronDown } from "lucide-react"
import { Button } from "../ui/Button.tsx"
import { Menu } from "../ui/Menu.tsx"
import { toast } from "../ui/toasts.ts"
import { GALLERY } from "./gallery.ts"
import { STARTERS } from "./starters.ts"

/** Sources to begin with: small ones that teach, and the whole gallery. */
export function Starters({ onPick }: { readonly onPick: (source: string) => void }) {
  const pick = (read: () => Promise<string>) =>
    read().then(onPick, () => toast({ tone: "wrong", title: "That panel did not arrive", detail: "Try once more." }))
  return (
    <fieldset aria-label="Start from" className="flex min-w-0 flex-wrap items-center gap-1.5 max-sm:basis-full">
      <span className="text-12 text-faint">Start from</span>
      {STARTERS.map(({ name, teaches, source }) => (
        <Button key={name} small title={teaches} onClick={() => onPick(source)}>
          {name}
        </Button>
      ))}
      <Menu
        trigger={
          <Button small>
            Gallery
            <ChevronDown size={13} />
          </Button>
        }
        items={GALLERY.map(({ name, read }) => ({ label: name, run: () => pick(read) }))}
      />
    </fieldset>
  )
}
