export { createLivePanel, LivePanel, type LivePanelOptions, type Notice } from "../store/live-panel.ts"
export { createPreviewPanel } from "../store/preview-panel.ts"
export { PanelView, type PanelViewProps } from "./PanelView.tsx"
export { useReadable, useValue } from "./use-value.ts"
