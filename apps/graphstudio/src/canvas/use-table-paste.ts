import { useEffect } from "react"
import { looksLikeTable } from "../tables/looks-like-table.ts"
import { isTyping } from "../ui/shortcut.ts"
import { say } from "../words/say.ts"
import { useMayEdit } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { TABLE_NAMES } from "./use-making-drop.ts"

/** Lines from a spreadsheet, or a table's file, that are pasted on the canvas begin a panel. Every other text is let pass. */
export function useTablePaste(): void {
  const editable = useMayEdit()
  useEffect(() => {
    if (!editable) return
    const paste = (event: ClipboardEvent) => {
      const { clipboardData, target } = event
      if (!clipboardData || isTyping(target) || document.querySelector("[role=dialog],[role=alertdialog]")) return
      if (useStudio.getState().instant !== undefined) return
      const file = [...clipboardData.files].find(({ name }) => TABLE_NAMES.test(name)) ?? pasted(clipboardData)
      if (!file) return
      event.preventDefault()
      event.stopImmediatePropagation()
      studio.set({ table: { kind: "file", file } })
    }
    document.addEventListener("paste", paste, { capture: true })
    return () => document.removeEventListener("paste", paste, { capture: true })
  }, [editable])
}

function pasted(data: DataTransfer): File | undefined {
  const text = data.getData("text/plain")
  return looksLikeTable(text) ? new File([text], say("Pasted table")) : undefined
}
