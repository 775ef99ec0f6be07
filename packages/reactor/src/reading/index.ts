/** Reading panels to paint them: the same parser, without what only tells mistakes in unusual scripts. */
export { type ParsedPanel, parsePanel } from "../nxml/to-panel.ts"
