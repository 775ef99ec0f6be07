import { useReactFlow } from "@xyflow/react"
import { type DragEvent, useCallback, useRef, useState } from "react"
import { carriesEntry } from "../../gallery/dragged-entry.ts"
import { toast } from "../../ui/toasts.ts"
import { say } from "../../words/say.ts"
import { useMayEdit } from "../../workspace/desk-context.ts"
import { useStudio } from "../../workspace/studio.ts"
import { usePut } from "../clipboard/use-put.ts"
import { TABLE_NAMES, useMakingDrop } from "../use-making-drop.ts"

/** What is dragged over the desk right now, as far as a browser tells before the drop. */
export type Dragged = "file" | "text" | undefined

const LARGEST_BYTES = 1024 * 1024
/** Panels dropped together lie in steps, so that each can be seen. */
const STEP = 40

/** Files and texts that are dropped on the desk become panels where they were dropped. */
export function useDrop() {
  const flow = useReactFlow()
  const put = usePut()
  const making = useMakingDrop()
  const editable = useMayEdit()
  const [dragged, setDragged] = useState<Dragged>()
  const depth = useRef(0)

  const onDragEnter = useCallback(
    ({ dataTransfer }: DragEvent) => {
      const kind = kindOf(dataTransfer)
      if (!kind || !editable || useStudio.getState().instant !== undefined) return
      depth.current += 1
      setDragged(kind)
    },
    [editable],
  )
  const onDragLeave = useCallback(() => {
    depth.current = Math.max(0, depth.current - 1)
    if (depth.current === 0) setDragged(undefined)
  }, [])
  const onDragOver = useCallback(
    (event: DragEvent) => {
      making.onDragOver(event)
      if (!kindOf(event.dataTransfer) || !editable) return
      event.preventDefault()
      event.dataTransfer.dropEffect = "copy"
    },
    [editable, making],
  )
  const onDrop = useCallback(
    async (event: DragEvent) => {
      depth.current = 0
      setDragged(undefined)
      making.onDrop(event)
      if (!kindOf(event.dataTransfer) || !editable) return
      event.preventDefault()
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
      const given = [...event.dataTransfer.files]
      const files = given.filter(({ name }) => !TABLE_NAMES.test(name))
      if (given.length > files.length && files.length === 0) return
      const text = event.dataTransfer.getData("text/uri-list") || event.dataTransfer.getData("text/plain")
      const { readSource, readText } = await import("../clipboard/read-text.ts")
      if (files.length === 0) {
        const read = readText(firstLink(text))
        if (read && "things" in read) await put(read.things, { at }, "dropped")
        else refuse(say("That text"), read?.refused ?? say("Drop the NXML of a panel, or a web address."))
        return
      }
      for (const [index, file] of files.entries()) {
        if (!/\.(?:nxml|xml)$/i.test(file.name))
          refuse(file.name, say("Only .nxml, CSV and JSON files become panels here."))
        else if (file.size > LARGEST_BYTES) refuse(file.name, say("It is larger than 1 MB."))
        else {
          const read = readSource(await file.text())
          const place = { x: at.x + index * STEP, y: at.y + index * STEP }
          if ("things" in read) await put(read.things, { at: place }, "dropped")
          else refuse(file.name, read.refused)
        }
      }
    },
    [flow, put, editable, making],
  )
  return { dragged, onDragEnter, onDragLeave, onDragOver, onDrop }
}

/** What the gallery and tables' files become is made elsewhere. */
function kindOf(data: DataTransfer): Dragged {
  const { types } = data
  if (carriesEntry(data)) return undefined
  if (types.includes("Files")) return "file"
  return types.includes("text/uri-list") || types.includes("text/plain") ? "text" : undefined
}

/** A list of links begins with comments and may name several; the first one counts. */
function firstLink(text: string): string {
  const lines = text.split(/\r?\n/)
  const link = lines.find((line) => line !== "" && !line.startsWith("#"))
  return link && /^https?:/.test(link) ? link : text
}

function refuse(name: string, detail: string): void {
  toast({ tone: "wrong", title: say("{name} does not become a panel", { name }), detail })
}
