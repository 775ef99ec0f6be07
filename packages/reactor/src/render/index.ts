export { type RenderOptions, renderPanel, sharedState } from "./render-panel.tsx"
