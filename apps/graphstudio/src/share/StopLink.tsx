import type { ShareAnswer } from "@nexus/protocol"
import { Avatar } from "../ui/Avatar.tsx"
import { Button } from "../ui/Button.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { say } from "../words/say.ts"

interface StopLinkProps {
  readonly share: ShareAnswer
  readonly onClose: () => void
  readonly onStop: (share: ShareAnswer, people: "stay" | "leave") => void
}

/** A link is stopped; those who came by it are named, and stay or leave. */
export function StopLink({ share, onClose, onStop }: StopLinkProps) {
  const { people } = share
  const they = say("{count, plural, one {The member who came by it} other {The # members who came by it}}", {
    count: people.length,
  })
  return (
    <Dialog
      title={say("Stop this link")}
      description={say("Nobody new comes in by it. Should those who came by it leave too?")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say("Cancel")}</Button>
          <Button onClick={() => onStop(share, "stay")}>{say("Stop it, they stay")}</Button>
          <Button tone="wrong" onClick={() => onStop(share, "leave")}>
            {say("Stop it, they leave")}
          </Button>
        </>
      }
    >
      <h3 className="mb-2 text-12 text-soft">{they}</h3>
      <ul aria-label={say("Who came by the link")} className="flex flex-col gap-1.5">
        {people.map(({ id, name, email }) => (
          <li key={id} className="flex items-center gap-2.5 text-13">
            <Avatar id={id} name={name} />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="truncate text-12 text-soft">{email}</span>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-12 text-soft">
        {say("Whoever was made an owner since stays in any case. What those who leave did here stays too.")}
      </p>
    </Dialog>
  )
}
