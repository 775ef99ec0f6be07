import type { LivePanel } from "../store/live-panel.ts"

export interface PanelViewProps {
  readonly live: LivePanel
}

export declare function PanelView(props: PanelViewProps): React.ReactNode
