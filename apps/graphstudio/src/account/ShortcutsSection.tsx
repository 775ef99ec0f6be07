import { ShortcutList } from "../shortcuts/ShortcutList.tsx"
import { SHEET } from "../shortcuts/shortcut-sheet.ts"

/** The keys outside of any workspace: those that every workspace has. */
export default function ShortcutsSection() {
  return <ShortcutList groups={SHEET} />
}
