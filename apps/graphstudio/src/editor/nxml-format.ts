import type { Command } from "@codemirror/view"
import { languageOf, makeEdits } from "./nxml-service.ts"

/** Shift-Alt-F: lays the whole text out. */
export const format: Command = (view) => {
  void formatted(view)
  return true
}

async function formatted(view: Parameters<Command>[0]): Promise<void> {
  const edits = await languageOf(view)?.ask("format", { offset: 0 })
  if (edits) makeEdits(view, edits, "input.format")
}
