import { useStore } from "@xyflow/react"
import { Popover } from "radix-ui"
import type { CSSProperties, ReactNode } from "react"
import { usePhone } from "../phone/use-phone.ts"
import { initials } from "../ui/Avatar.tsx"
import { classNames } from "../ui/class-names.ts"
import { personColour } from "../ui/person-colour.ts"
import type { Place } from "./comment-acts.ts"
import { commentDesk } from "./comment-desk.ts"

interface CommentPinProps {
  readonly place: Place
  readonly author: { readonly id: string; readonly name: string }
  readonly label: string
  readonly unread: boolean
  readonly open: boolean
  readonly onOpen: () => void
  /** What opens beside it. */
  readonly children: ReactNode
}

/** Pins keep about their size when the canvas is far away: in steps, so that zooming does not paint each frame. */
const stepOf = ({ transform: [, , zoom] }: { readonly transform: readonly [number, number, number] }) =>
  Math.max(1, Math.min(4, Math.round(2 / zoom) / 2))

/** A mark on the canvas where something was said, and the conversation beside it. */
export function CommentPin({ place, author, label, unread, open, onOpen, children }: CommentPinProps) {
  const scale = useStore(stepOf)
  const phone = usePhone()
  const style: CSSProperties = {
    transform: `translate(${place.x}px, ${place.y}px) scale(${scale}) translate(0, -100%)`,
    transformOrigin: "0 0",
  }
  return (
    <Popover.Root open={open && !phone} onOpenChange={(now) => (now ? onOpen() : commentDesk.close())}>
      <Popover.Trigger asChild>
        <button
          type="button"
          aria-label={label}
          style={style}
          className="nodrag nopan nx-pin"
          onClick={(event) => event.stopPropagation()}
        >
          <span
            aria-hidden="true"
            style={{ background: personColour(author.id) }}
            data-letters={initials(author.name)}
            className={classNames("nx-pin-face", open && "nx-pin-open")}
          />
          {unread ? <span aria-hidden="true" className="nx-pin-unread" /> : null}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          side="right"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          updatePositionStrategy="always"
          onOpenAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => {
            // The canvas may be moved beside an open conversation; only another place closes it.
            if (event.target instanceof Element && event.target.closest("[data-radix-popper-content-wrapper]"))
              event.preventDefault()
          }}
          className="nx-fade z-40 w-[320px] max-w-[calc(100vw-24px)] rounded-sheet border border-line bg-raised shadow-float outline-none"
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
