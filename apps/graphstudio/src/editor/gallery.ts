/** A panel of the gallery; its source is a file of its own that is fetched when it is picked. */
export interface GalleryPanel {
  readonly name: string
  readonly read: () => Promise<string>
}

const sources = import.meta.glob<string>("../../../../gallery/*/panel.nxml", { query: "?raw", import: "default" })

/** The gallery as it was when the studio was built, in alphabetical order. */
export const GALLERY: readonly GalleryPanel[] = Object.entries(sources).map(([path, read]) => ({
  name: nameOf(path.split("/").at(-2) ?? ""),
  read,
}))

/** "focus-timer" → "Focus timer". */
function nameOf(folder: string): string {
  const words = folder.replaceAll("-", " ")
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
