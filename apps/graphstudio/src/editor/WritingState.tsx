import type { Writer } from "@nexus/protocol"
import { Check, CloudOff, Pencil } from "lucide-react"
import { Avatar } from "../ui/Avatar.tsx"
import { say } from "../words/say.ts"
import type { TextStanding } from "./use-shared-text.ts"

interface WritingStateProps {
  readonly standing: TextStanding
  /** The text has errors: it is kept, and the panel stays as it is. */
  readonly broken: boolean
}

/** Who else has this source open, and what the kernel has of it. */
export function WritingState({ standing, broken }: WritingStateProps) {
  const { live, saved, others, unkept } = standing
  const text = !live
    ? unkept
      ? say("Offline, and this browser has no room: keep this page open")
      : say("Offline. What you write is kept on this device.")
    : saved
      ? say("Saved")
      : broken
        ? say("Kept, not saved: it does not work yet")
        : say("Saves when nobody types")
  const Icon = !live ? CloudOff : saved ? Check : Pencil
  return (
    <div className="flex min-w-0 items-center gap-3">
      {others.length > 0 ? (
        <ul aria-label={say("Who else is writing here")} className="flex -space-x-1.5">
          {people(others).map(({ user, name, role }) => (
            <li key={user}>
              <Avatar id={user} name={name} note={role === "viewer" ? say("reads along") : say("writes here")} />
            </li>
          ))}
        </ul>
      ) : null}
      <span role="status" aria-label={say("State of this text")} className="flex items-center gap-1 text-12 text-faint">
        <Icon size={13} aria-hidden />
        {text}
      </span>
    </div>
  )
}

/** Each person once, however many windows they have open. */
function people(writers: readonly Writer[]): readonly Writer[] {
  return [...new Map(writers.map((writer) => [writer.user, writer])).values()]
}
