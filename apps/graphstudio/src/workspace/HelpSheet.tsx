import { useMemo } from "react"
import { routeHref } from "../connect/route.ts"
import { ShortcutList } from "../shortcuts/ShortcutList.tsx"
import { sheetWith } from "../shortcuts/shortcut-sheet.ts"
import { Dialog } from "../ui/Dialog.tsx"
import { say } from "../words/say.ts"
import { useCommands } from "./commands.ts"

/** All shortcuts on one sheet, as they are now, and the way to others. */
export default function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const commands = useCommands()
  const groups = useMemo(() => sheetWith(commands), [commands])
  return (
    <Dialog title={say("Keyboard shortcuts")} onClose={onClose} size="medium">
      <ShortcutList groups={groups} />
      <p className="border-line border-t pt-4 text-13 text-soft">
        {say("What can stand in a View, alive and with its source:")}{" "}
        <a href={routeHref({ at: "components", component: "" })} className="font-medium text-accent hover:underline">
          {say("Components")}
        </a>
      </p>
    </Dialog>
  )
}
