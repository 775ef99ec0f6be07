import { Footprints } from "lucide-react"
import { useMemo } from "react"
import { routeHref } from "../connect/route.ts"
import { ShortcutList } from "../shortcuts/ShortcutList.tsx"
import { sheetWith } from "../shortcuts/shortcut-sheet.ts"
import { tour } from "../tour/progress.ts"
import { Button } from "../ui/Button.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { say } from "../words/say.ts"
import { useCommands } from "./commands.ts"
import { useMayEdit } from "./desk-context.ts"

/** All shortcuts on one sheet, as they are now, and the way to others. */
export default function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const commands = useCommands()
  const editable = useMayEdit()
  const takeTour = () => {
    onClose()
    tour.start(editable)
  }
  const groups = useMemo(() => sheetWith(commands), [commands])
  return (
    <Dialog title={say("Keyboard shortcuts")} onClose={onClose} size="medium">
      <ShortcutList groups={groups} />
      <div className="flex flex-wrap items-center justify-between gap-3 border-line border-t pt-4 text-13 text-soft">
        <p>
          {say("What can stand in a View, alive and with its source:")}{" "}
          <a href={routeHref({ at: "components", component: "" })} className="font-medium text-accent hover:underline">
            {say("Components")}
          </a>
        </p>
        <Button small icon={<Footprints size={14} />} onClick={takeTour}>
          {say("Take the tour")}
        </Button>
      </div>
    </Dialog>
  )
}
