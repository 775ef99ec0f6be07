import { say } from "../words/say.ts"
import type { Command } from "./command.ts"
import { studio } from "./studio.ts"

/** The ways to a new panel. */
export function makingCommands(): Command[] {
  return [
    { label: say("Gallery"), group: "Panels", shortcut: "N", run: () => studio.set({ gallery: true }) },
    { label: say("New panel"), group: "Panels", shortcut: "Shift+N", run: () => studio.newPanel() },
    {
      label: say("New panel from a CSV or JSON file"),
      group: "Panels",
      run: () => studio.set({ table: { kind: "choose" } }),
    },
  ]
}
