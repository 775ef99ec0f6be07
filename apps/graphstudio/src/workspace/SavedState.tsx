import { Check, CloudOff, LoaderCircle } from "lucide-react"
import { useEffect, useState } from "react"
import { useOthersHere } from "../canvas/use-presence.ts"
import { say } from "../words/say.ts"
import { useActivity, useQueued } from "./desk-context.ts"
import { useLinkStatus } from "./link-status.ts"

/** "Saved · 3 people here", "Saving…" or "Offline": what the kernel has of what one did, and what this device keeps for it. */
export function SavedState() {
  const status = useLinkStatus()
  const queued = useQueued()
  const pending = useActivity((state) => state.pending > 0) || queued > 0
  // A save is usually over within a frame or two; only one that lasts is worth a word.
  const [saving, setSaving] = useState(false)
  useEffect(() => {
    if (!pending) return setSaving(false)
    const timer = setTimeout(() => setSaving(true), 250)
    return () => clearTimeout(timer)
  }, [pending])

  const offline = status !== "online"
  const people = useOthersHere().length + 1
  const text = offline ? offlineText(queued) : saving ? say("Saving…") : say("Saved")
  return (
    <span role="status" aria-label={say("Saved state")} className="flex items-center gap-1 text-12 text-faint">
      {offline ? (
        <CloudOff size={13} />
      ) : saving ? (
        <LoaderCircle size={13} className="animate-spin" />
      ) : (
        <Check size={13} />
      )}
      <span className="whitespace-nowrap max-sm:sr-only">{text}</span>
      {people > 1 && !offline ? (
        <span className="whitespace-nowrap max-lg:hidden">
          {say("· {people, plural, one {# person} other {# people}} here", { people })}
        </span>
      ) : null}
    </span>
  )
}

function offlineText(queued: number): string {
  return say("Offline, reconnecting…{queued, plural, =0 {} one { # change kept here} other { # changes kept here}}", {
    queued,
  })
}
