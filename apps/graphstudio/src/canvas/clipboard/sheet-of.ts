import { NEW_WIDTH } from "../../editor/sheet-size.ts"
import type { Things } from "./things.ts"

/** One new panel at the canvas's origin, of a size that most panels have. */
export function sheetOf(title: string, source: string, size = { w: NEW_WIDTH, h: 320 }): Things {
  return { panels: [{ title, source, frame: { x: 0, y: 0, ...size }, state: {} }], sections: [] }
}
