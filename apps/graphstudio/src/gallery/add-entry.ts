import type { View } from "../canvas/placement.ts"
import { sentence } from "../connect/sentence.ts"
import { gallerySource } from "../home/gallery-sources.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import type { Desk } from "../workspace/desk.ts"
import { addPanel } from "./add-panel.ts"
import type { GalleryEntry } from "./entries.ts"

/** Bar and air of a sheet around its content. */
const CHROME_PX = 64
const USUAL_HEIGHT = 440
const GRID_PX = 8

/** Puts a panel of the gallery on the canvas. `contentPx`: how high its preview came out, where one was seen. */
export async function addEntry(
  desk: Desk,
  entry: GalleryEntry,
  near: View | { readonly x: number; readonly y: number },
  contentPx?: number,
): Promise<boolean> {
  try {
    const source = await gallerySource(entry.folder)
    const wanted = contentPx === undefined ? USUAL_HEIGHT : contentPx + CHROME_PX
    const h = Math.min(640, Math.max(200, Math.ceil(wanted / GRID_PX) * GRID_PX))
    return await addPanel(desk, { source, title: entry.title, size: { w: entry.width, h }, near })
  } catch (error) {
    toast({ tone: "wrong", title: say("{title} did not arrive", { title: entry.title }), detail: sentence(error) })
    return false
  }
}
