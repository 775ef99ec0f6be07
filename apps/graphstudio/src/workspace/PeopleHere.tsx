import type { CSSProperties } from "react"
import { follow, useFollow } from "../canvas/follow.ts"
import { useOthersHere } from "../canvas/use-presence.ts"
import { Avatar } from "../ui/Avatar.tsx"
import { personColour } from "../ui/person-colour.ts"
import { say } from "../words/say.ts"
import { useDesk } from "./desk-context.ts"

const SHOWN = 5

type RingStyle = CSSProperties & Record<"--tw-ring-color", string>
const ringOf = (user: string): RingStyle => ({ "--tw-ring-color": personColour(user) })

/** Who is here; a click on somebody follows them over the canvas. */
export function PeopleHere() {
  const { user } = useDesk()
  const others = useOthersHere()
  const followed = useFollow((state) => state.person?.id)
  return (
    <fieldset aria-label={say("Who is here")} className="flex items-center px-1 max-sm:hidden">
      {others.slice(0, SHOWN).map((peer) => (
        <button
          key={peer.user}
          type="button"
          aria-label={say("Follow {name}", { name: peer.name })}
          aria-pressed={followed === peer.user}
          onClick={() => follow.toggle(peer.user, peer.name)}
          className="-me-1.5 rounded-full hover:z-10 aria-pressed:z-10 aria-pressed:ring-2"
          style={ringOf(peer.user)}
        >
          <Avatar id={peer.user} name={peer.name} note={say("{role}, click to follow", { role: peer.role })} />
        </button>
      ))}
      {others.length > SHOWN ? <span className="me-1 ps-2 text-12 text-soft">+{others.length - SHOWN}</span> : null}
      <Avatar id={user.id} name={user.name} note={say("you")} />
    </fieldset>
  )
}
