import { type ReactNode, StrictMode } from "react"
import { hydrateRoot } from "react-dom/client"
import type { LivePanel } from "../store/live-panel.ts"
import { createSignal, type Readable } from "../store/signal.ts"
import { PanelView } from "./PanelView.tsx"
import { ReadOnly } from "./read-only.tsx"
import { useReadable } from "./use-value.ts"

export interface HydratedPanel {
  /** Paints this living panel from now on, on the same page: what was there stays where it is. */
  show(live: LivePanel): void
  close(): void
}

export interface HydrateOptions {
  /** The width the server was told, so that the first picture is the server's. */
  readonly width?: number | undefined
  /** What React mended because the server's HTML was not what `live` paints. */
  readonly onMismatch?: (error: unknown) => void
}

/**
 * Takes over the HTML that `renderPanel(…, { hydratable: true })` made of the same panel, state and width. Until `show`
 * brings a panel that may be written, inputs are switched off as they are on the page without script.
 */
export function hydratePanel(element: Element, first: LivePanel, options: HydrateOptions = {}): HydratedPanel {
  const { width, onMismatch } = options
  const shown = createSignal(first)
  const root = hydrateRoot(
    element,
    <StrictMode>
      <Shown read={() => shown()} first={first} width={width} />
    </StrictMode>,
    onMismatch ? { onRecoverableError: onMismatch } : {},
  )
  return {
    show: (live) => void shown(live),
    close: () => root.unmount(),
  }
}

interface ShownProps {
  readonly read: Readable<LivePanel>
  readonly first: LivePanel
  readonly width: number | undefined
}

function Shown({ read, first, width }: ShownProps): ReactNode {
  const live = useReadable(read)
  return (
    <ReadOnly on={live === first || !live.writable}>
      <PanelView live={live} width={width} />
    </ReadOnly>
  )
}
