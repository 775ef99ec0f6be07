import { Eye, WifiOff } from "lucide-react"
import { useEffect, useState } from "react"
import { Button } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import { useDesk, useRole } from "./desk-context.ts"
import { useLinkStatus } from "./link-status.ts"
import { useStudio } from "./studio.ts"

/** Said once the socket has been away for more than a blink. */
export function OfflineBanner() {
  const desk = useDesk()
  const status = useLinkStatus()
  const [away, setAway] = useState(false)
  useEffect(() => {
    if (status === "online") return setAway(false)
    const timer = setTimeout(() => setAway(true), 1200)
    return () => clearTimeout(timer)
  }, [status])
  if (!away) return null
  return (
    <div
      role="status"
      className="nx-fade absolute top-3 left-1/2 phone:top-14 z-20 flex -translate-x-1/2 items-center gap-2 whitespace-nowrap rounded-full border border-careful max-sm:w-[calc(100%-1.5rem)] max-sm:whitespace-normal max-sm:rounded-control bg-careful-soft px-4 py-1.5 text-13 text-careful shadow-lifted"
    >
      <WifiOff size={14} />
      <span>{say("Offline. Go on working: what you do is kept on this device and sent when the line is back.")}</span>
      <Button small tone="quiet" className="-me-2" disabled={status === "connecting"} onClick={() => desk.tryNow()}>
        {say("Try now")}
      </Button>
    </div>
  )
}

export function ViewerBadge() {
  const role = useRole()
  const past = useStudio((state) => state.instant !== undefined)
  if (role !== "viewer" || past) return null
  return (
    <div
      role="status"
      className="-translate-x-1/2 absolute top-3 left-1/2 phone:top-14 z-10 flex items-center gap-2 rounded-full border border-line bg-raised px-3 py-1 text-12 text-soft shadow-lifted"
    >
      <Eye size={14} />
      {say("You can look, not change")}
    </div>
  )
}
