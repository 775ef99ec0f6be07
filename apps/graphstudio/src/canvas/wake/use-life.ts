import { type ReactFlowState, useStore } from "@xyflow/react"
import { startTransition, useCallback, useEffect, useState } from "react"
import { FAR } from "../far.ts"
import { useAllAwake } from "./all-awake.ts"
import { createWakeQueue } from "./wake-queue.ts"

/** A canvas of no more panels than this is alive as a whole, in sight or not. */
export const LIVE_ALL = 40
/** On a canvas of more panels than this only those in sight are on the page at all, be it as a frame with a title. */
export const MOUNT_ALL = 400
/** Nobody waits longer than this for the next panel, however busy the page is. */
const LATEST_MS = 100

/** Not there yet; there, and alive; there with all that was typed and chosen in it, but neither painted nor kept up to date. */
export type Life = "asleep" | "awake" | "resting"

const waking = createWakeQueue((work) => whenIdle(work, { timeout: LATEST_MS }))
const resting = createWakeQueue((work) => whenIdle(work))

/**
 * How much life a panel has. Each wakes when its turn has come, so that no piece of work holds up a hand or the paint of those
 * before it; on a large canvas only what is in sight wakes, and rests when it has left. To take it off the page was refused,
 * since what was typed and not yet sent would be lost, and coming back would begin anew.
 */
export function useLife(id: string, selected: boolean): Life {
  const wanted = useStore(
    useCallback((state: ReactFlowState) => state.nodes.length <= LIVE_ALL || isInSight(state, id), [id]),
  )
  const [life, setLife] = useState<Life>(selected ? "awake" : "asleep")
  const all = useAllAwake((state) => state.all)
  const due = wanted || selected || all
  useEffect(() => {
    if (due === (life === "awake")) return
    const wake = () => startTransition(() => setLife("awake"))
    if (selected) return wake()
    if (due) return waking.add(wake)
    if (life === "awake") return restWhenLeft(id, () => startTransition(() => setLife("resting")))
  }, [id, selected, due, life])
  return life
}

/** Whether some of the panel is in the window and large enough to be read. */
function isInSight({ nodeLookup, transform: [x, y, zoom], width, height }: ReactFlowState, id: string): boolean {
  const node = nodeLookup.get(id)
  if (!node || zoom < FAR) return false
  const { x: left, y: top } = node.internals.positionAbsolute
  return (
    left * zoom + x < width &&
    top * zoom + y < height &&
    (left + (node.width ?? 0)) * zoom + x > 0 &&
    (top + (node.height ?? 0)) * zoom + y > 0
  )
}

/** Whoever types in it and looks elsewhere finds the cursor where it was: a panel with the focus rests when that has left. */
function restWhenLeft(id: string, rest: () => void): () => void {
  let forget = resting.add(look)
  function look(): void {
    const node = document.activeElement?.closest(`[data-id="${CSS.escape(id)}"]`)
    if (!node) rest()
    node?.addEventListener("focusout", again, { once: true })
    forget = () => node?.removeEventListener("focusout", again)
  }
  function again(): void {
    forget = resting.add(look)
  }
  return () => forget()
}

function whenIdle(work: () => void, options?: IdleRequestOptions): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work, options)
  else setTimeout(work, 16)
}
