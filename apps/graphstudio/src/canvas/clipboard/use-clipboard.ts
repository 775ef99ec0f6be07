import { useReactFlow } from "@xyflow/react"
import { useEffect, useRef } from "react"
import { isTyping } from "../../ui/shortcut.ts"
import { toast } from "../../ui/toasts.ts"
import { say } from "../../words/say.ts"
import { useDesk, useMayEdit } from "../../workspace/desk-context.ts"
import { useStudio } from "../../workspace/studio.ts"
import { useArrange } from "../arrange/use-arrange.ts"
import { toEnvelope } from "./envelope.ts"
import { cutOf, isNothing, thingsIn } from "./things.ts"
import { usePut } from "./use-put.ts"

/**
 * Copy, cut and paste by the browser's own events: they come from keys and menus alike, and need no permission to read
 * what somebody else copied. Where text is chosen or typed, they are left to the text.
 */
export function useClipboard(): void {
  const desk = useDesk()
  const flow = useReactFlow()
  const editable = useMayEdit()
  const put = usePut()
  const { remove } = useArrange()
  const pointer = useRef<{ readonly x: number; readonly y: number }>(undefined)

  useEffect(() => {
    const take = (event: ClipboardEvent): boolean => {
      if (isText(event)) return false
      const things = thingsIn(desk.mirror.graph, useStudio.getState().selection, { values: false })
      if (isNothing(things)) return false
      event.clipboardData?.setData("text/plain", toEnvelope(things))
      event.preventDefault()
      return true
    }
    const copy = (event: ClipboardEvent) => {
      if (take(event)) tellCopied(useStudio.getState().selection.length)
    }
    const cut = (event: ClipboardEvent) => {
      const { selection } = useStudio.getState()
      if (!editable || isText(event) || selection.length === 0) return
      event.preventDefault()
      const { graph } = desk.mirror
      const ids = cutOf(graph, selection)
      // All of it is locked: that is said, and what was copied before stays what a paste brings.
      if (ids.length === 0) return void remove(selection)
      event.clipboardData?.setData("text/plain", toEnvelope(thingsIn(graph, ids, { values: true, only: true })))
      void remove([...new Set([...ids, ...selection])], "cut")
    }
    const paste = async (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData("text/plain")
      if (!editable || !text || isText(event)) return
      event.preventDefault()
      const { readText } = await import("./read-text.ts")
      const read = readText(text)
      if (!read)
        return toast({
          title: say("Nothing here for the canvas"),
          detail: say("Paste copied panels, the NXML of a panel, or a web address."),
        })
      if ("refused" in read) return toast({ tone: "wrong", title: say("That cannot be pasted"), detail: read.refused })
      const at = pointer.current && flow.screenToFlowPosition(pointer.current)
      await put(read.things, at ? { at } : "in view")
    }
    const follow = ({ target, clientX, clientY, pointerType }: PointerEvent) => {
      const onDesk =
        pointerType === "mouse" && target instanceof Element && target.closest(".react-flow__pane, .react-flow__node")
      pointer.current = onDesk ? { x: clientX, y: clientY } : undefined
    }
    document.addEventListener("copy", copy)
    document.addEventListener("cut", cut)
    document.addEventListener("paste", paste)
    document.addEventListener("pointermove", follow, { passive: true })
    return () => {
      document.removeEventListener("copy", copy)
      document.removeEventListener("cut", cut)
      document.removeEventListener("paste", paste)
      document.removeEventListener("pointermove", follow)
    }
  }, [desk, flow, editable, put, remove])
}

/** Does this belong to a text, or to a dialog that lies over the desk? */
function isText({ target }: ClipboardEvent): boolean {
  if (isTyping(target) || document.querySelector("[role=dialog],[role=alertdialog]")) return true
  if (useStudio.getState().instant !== undefined) return true
  return document.getSelection()?.isCollapsed === false
}

function tellCopied(count: number): void {
  toast({
    title: say("{count, plural, one {Copied one panel} other {Copied # panels}}", { count }),
    detail: say("Paste it here or in another workspace."),
  })
}
