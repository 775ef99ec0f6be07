import { Tooltip } from "radix-ui"
import type { FocusEvent, ReactNode } from "react"
import { Keys } from "./Keys.tsx"

interface TipProps {
  readonly label: ReactNode
  readonly shortcut?: string | undefined
  readonly side?: "top" | "right" | "bottom" | "left" | undefined
  readonly children: ReactNode
}

/** A tooltip with the shortcut that does the same. */
export function Tip({ label, shortcut, side = "bottom", children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild onFocus={onlyByKeys}>
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="nx-fade z-[70] flex max-w-72 items-center gap-2 rounded-control border border-line bg-raised px-2 py-1 text-12 text-ink shadow-lifted"
        >
          {label}
          {shortcut ? <Keys shortcut={shortcut} /> : null}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

/** Focus that a closing dialog gives back must not open a tooltip; focus by keys does. */
function onlyByKeys(event: FocusEvent<HTMLElement>): void {
  if (!event.currentTarget.matches(":focus-visible")) event.preventDefault()
}

/** Once around everything: how long a pointer rests before a tooltip shows. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Tooltip.Provider delayDuration={450} skipDelayDuration={200}>
      {children}
    </Tooltip.Provider>
  )
}
