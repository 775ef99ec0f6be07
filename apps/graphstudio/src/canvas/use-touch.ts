import { useEffect, useState } from "react"
import { flushSync } from "react-dom"

/**
 * Whether a finger is what points here now. A device may have both, so it is asked of the pointer itself, before the
 * press that follows is handled.
 */
export function useTouch(): boolean {
  const [touch, setTouch] = useState(() => matchMedia("(pointer: coarse)").matches)
  useEffect(() => {
    const look = ({ pointerType }: PointerEvent) => {
      const now = pointerType === "touch"
      if (now !== touch) flushSync(() => setTouch(now))
    }
    addEventListener("pointerover", look, { capture: true, passive: true })
    return () => removeEventListener("pointerover", look, { capture: true })
  }, [touch])
  return touch
}
