const sources = import.meta.glob<string>("../../../../gallery/*/panel.nxml", { query: "?raw", import: "default" })

/** The source of a panel of the gallery, by its folder. */
export async function gallerySource(folder: string): Promise<string> {
  const read = sources[`../../../../gallery/${folder}/panel.nxml`]
  if (!read) throw new Error(`The gallery has no ${folder}`)
  return read()
}
