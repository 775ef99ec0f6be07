import { X } from "lucide-react"
import { Dialog as Primitive } from "radix-ui"
import type { ReactNode } from "react"
import { say } from "../words/say.ts"
import { classNames } from "./class-names.ts"

interface DialogProps {
  readonly title: string
  readonly description?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons at the foot, right aligned. */
  readonly actions?: ReactNode
  /** `wide` fills most of the window, for working in. */
  readonly size?: "small" | "medium" | "large" | "wide"
  /** Asked before Escape or a click outside closes; answer false to stay. */
  readonly mayClose?: () => boolean
  /** True while Escape belongs to something inside, such as an open list of completions. */
  readonly stayOnEscape?: () => boolean
}

const SIZES = {
  small: "w-[420px]",
  medium: "w-[640px]",
  large: "w-[880px]",
  wide: "w-[min(1400px,calc(100vw-48px))] h-[min(920px,calc(100vh-48px))]",
} as const
/** On a phone a question comes from below, and what one works in has the whole window. */
const ON_A_PHONE = {
  small: "phone:max-h-[92dvh] phone:rounded-b-none",
  medium: "phone:max-h-[92dvh] phone:rounded-b-none",
  large: "phone:h-dvh phone:max-h-none phone:rounded-none phone:border-0",
  wide: "phone:h-dvh phone:max-h-none phone:rounded-none phone:border-0",
} as const

/** A modal sheet with a title, its content and its actions. */
export function Dialog(props: DialogProps) {
  const { title, description, onClose, children, actions, size = "small", mayClose, stayOnEscape } = props
  return (
    <Primitive.Root open onOpenChange={(open) => !open && (mayClose?.() ?? true) && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="nx-fade fixed inset-0 z-50 bg-scrim" />
        <div className="pointer-events-none fixed inset-0 z-50 grid grid-cols-1 place-items-center p-6 phone:place-items-end phone:p-0">
          <Primitive.Content
            onOpenAutoFocus={focusSheet}
            onEscapeKeyDown={(event) => stayOnEscape?.() && event.preventDefault()}
            {...(description ? {} : { "aria-describedby": undefined })}
            className={classNames(
              "nx-rise pointer-events-auto flex max-h-[calc(100vh-48px)] max-w-full flex-col rounded-sheet border border-line bg-raised shadow-float outline-none",
              "phone:w-full phone:pb-[env(safe-area-inset-bottom)]",
              SIZES[size],
              ON_A_PHONE[size],
            )}
          >
            <header className="flex items-start gap-3 border-line border-b py-3 pe-3 ps-5">
              <div className="min-w-0 flex-1 py-1">
                <Primitive.Title className="truncate font-bold text-16">{title}</Primitive.Title>
                {description ? (
                  <Primitive.Description className="mt-0.5 text-13 text-soft">{description}</Primitive.Description>
                ) : null}
              </div>
              <Primitive.Close
                aria-label={say("Close")}
                className="grid size-8 flex-none place-items-center rounded-control text-soft hover:bg-hover hover:text-ink"
              >
                <X size={16} />
              </Primitive.Close>
            </header>
            <div className={classNames("min-h-0 flex-1 overflow-auto", size !== "wide" && "p-5")}>{children}</div>
            {actions ? (
              <footer className="flex flex-wrap items-center justify-end gap-2 border-line border-t px-5 py-3">
                {actions}
              </footer>
            ) : null}
          </Primitive.Content>
        </div>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

/** The sheet itself takes the focus, unless a field inside asked for it. */
function focusSheet(event: Event): void {
  event.preventDefault()
  const sheet = event.currentTarget
  if (sheet instanceof HTMLElement && !sheet.contains(document.activeElement)) sheet.focus()
}
