import { useStore } from "@xyflow/react"
import { startTransition, useEffect, useState } from "react"
import { FAR } from "../far.ts"
import { createWakeQueue } from "./wake-queue.ts"

/** A canvas of no more panels than this is mounted as a whole and alive at once; else only what is in sight is mounted. */
export const MOUNT_ALL = 40
/** Nobody waits longer than this for the next panel, however busy the page is. */
const LATEST_MS = 500

const queue = createWakeQueue((work) => {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: LATEST_MS })
  else setTimeout(work, 16)
})

/** Whether the content of a mounted panel is to be there: on a large canvas when its turn has come and it can be read. */
export function useAwake(): boolean {
  const few = useStore(({ nodes }) => nodes.length <= MOUNT_ALL)
  const readable = useStore(({ transform }) => transform[2] >= FAR)
  const [awake, setAwake] = useState(few)
  useEffect(() => {
    if (awake) return
    const wake = () => startTransition(() => setAwake(true))
    if (few) return wake()
    if (readable) return queue.add(wake)
  }, [awake, few, readable])
  return awake
}
