import { type RefObject, useEffect } from "react"
import type { LivePanel } from "../store/live-panel.ts"

/** Focuses and shows what handlers of `live` ask for, inside `box`; from then on the panel counts as opened. */
export function useViewRequests(live: LivePanel, box: RefObject<HTMLElement | null>): void {
  useEffect(
    () =>
      live.onViewRequest(({ kind, target }) => {
        const named = box.current?.querySelector<HTMLElement>(`[data-nx-id="${CSS.escape(target)}"]`)
        if (kind === "scrollTo") named?.scrollIntoView({ block: "nearest" })
        else focusable(named)?.focus()
      }),
    [live, box],
  )
}

function focusable(element: HTMLElement | null | undefined): HTMLElement | null | undefined {
  return element?.querySelector<HTMLElement>("input, textarea, select, button, a[href]") ?? element
}
