import { useReactFlow } from "@xyflow/react"
import { type DragEvent, useCallback, useMemo } from "react"
import { carriedEntry, carriesEntry } from "../gallery/dragged-entry.ts"
import { useDesk, useMayEdit } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"

/** The names of files that are taken for tables. */
export const TABLE_NAMES = /\.(?:csv|tsv|tab|json|jsonl|ndjson)$/i

/** What is dropped on the canvas to become a panel there: one of the gallery, or a table's file. */
export function useMakingDrop() {
  const desk = useDesk()
  const flow = useReactFlow()
  const editable = useMayEdit()
  const atNow = useStudio((state) => state.instant === undefined)
  const may = editable && atNow

  const onDragOver = useCallback(
    (event: DragEvent) => {
      if (!may || !(carriesEntry(event.dataTransfer) || event.dataTransfer.types.includes("Files"))) return
      event.preventDefault()
      event.dataTransfer.dropEffect = "copy"
    },
    [may],
  )
  const onDrop = useCallback(
    async (event: DragEvent) => {
      if (!may) return
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
      if (carriesEntry(event.dataTransfer)) {
        event.preventDefault()
        const folder = carriedEntry(event.dataTransfer)
        const [{ addEntry }, { entryOf }] = await Promise.all([
          import("../gallery/add-entry.ts"),
          import("../gallery/entries.ts"),
        ])
        const entry = entryOf(folder)
        if (entry) await addEntry(desk, entry, at)
        return
      }
      const file = [...event.dataTransfer.files].find(({ name }) => TABLE_NAMES.test(name))
      if (!file) return
      event.preventDefault()
      studio.set({ table: { kind: "file", file, at } })
    },
    [may, flow, desk],
  )
  return useMemo(() => ({ onDragOver, onDrop }), [onDragOver, onDrop])
}
