import { X } from "lucide-react"
import { Dialog } from "radix-ui"
import { type PointerEvent, type ReactNode, useRef } from "react"
import { say } from "../words/say.ts"
import { IconButton } from "./Button.tsx"

interface BottomSheetProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** How far a finger pulls the sheet down until it goes. */
const PULL = 56

/** What a phone opens where a thumb reaches it: from the lower edge, closed by a pull, a tap beside it or Escape. */
export function BottomSheet({ title, onClose, children }: BottomSheetProps) {
  const began = useRef<number>(undefined)
  const hold = ({ currentTarget, pointerId, clientY }: PointerEvent) => {
    currentTarget.setPointerCapture(pointerId)
    began.current = clientY
  }
  const pull = ({ clientY }: PointerEvent) => {
    if (began.current === undefined || clientY - began.current < PULL) return
    began.current = undefined
    onClose()
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="nx-fade fixed inset-0 z-50 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            const { currentTarget: sheet } = event
            if (sheet instanceof HTMLElement && !sheet.contains(document.activeElement)) sheet.focus()
          }}
          className="nx-lift fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[85dvh] max-w-[640px] flex-col rounded-t-[20px] border-line border-t bg-raised pb-[env(safe-area-inset-bottom)] shadow-float outline-none"
        >
          <header
            onPointerDown={hold}
            onPointerMove={pull}
            className="relative flex flex-none touch-none items-center gap-2 ps-5 pe-2 pt-4 pb-1"
          >
            <span
              aria-hidden="true"
              className="absolute inset-x-0 top-1.5 mx-auto h-1 w-9 rounded-full bg-line-strong"
            />
            <Dialog.Title className="min-w-0 flex-1 truncate font-bold text-16">{title}</Dialog.Title>
            <IconButton
              label={say("Close")}
              icon={<X size={18} />}
              className="size-11"
              onPointerDown={(event) => event.stopPropagation()}
              onClick={onClose}
            />
          </header>
          <div className="min-h-0 flex-1 overflow-auto overscroll-contain px-3 pb-4">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
