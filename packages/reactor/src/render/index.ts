export { renderPanel } from "./render-panel.tsx"
