import index from "../../../../gallery/index.json" with { type: "json" }
import { say } from "../words/say.ts"

/** A panel of the gallery as it is found and shown before its source is fetched. */
export interface GalleryEntry {
  readonly folder: string
  readonly title: string
  readonly description: string
  readonly category: string
  /** Other words that people look for it by. */
  readonly words: string
  /** How wide its sheet likes to be, in canvas pixels. */
  readonly width: number
}

/** The gallery as it was when the studio was built, category by category. */
export const GALLERY: readonly GalleryEntry[] = index

/** The categories in their order, with what they are called on screen. */
export const CATEGORIES: readonly { readonly name: string; readonly label: string }[] = [
  { name: "Everyday", label: say("Everyday") },
  { name: "Team", label: say("Team") },
  { name: "Business", label: say("Business") },
  { name: "Operations", label: say("Operations") },
  { name: "Data and writing", label: say("Data and writing") },
]

export function entryOf(folder: string): GalleryEntry | undefined {
  return GALLERY.find((entry) => entry.folder === folder)
}
