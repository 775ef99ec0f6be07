import type { GalleryEntry } from "./entries.ts"

/**
 * The entries in which every word of `text` begins a word, those whose title has it first. Pure: what is said on screen in
 * another language is given as `read`.
 */
export function findEntries(
  entries: readonly GalleryEntry[],
  text: string,
  category: string | undefined,
  read: (text: string) => string = (same) => same,
): readonly GalleryEntry[] {
  const wanted = wordsOf(text)
  const found = entries.flatMap((entry) => {
    if (category !== undefined && entry.category !== category) return []
    const title = wordsOf(read(entry.title))
    const all = [
      ...title,
      ...wordsOf(`${read(entry.description)} ${read(entry.category)} ${entry.words} ${entry.title}`),
    ]
    if (!wanted.every((word) => all.some((one) => one.startsWith(word)))) return []
    return [{ entry, inTitle: wanted.filter((word) => title.some((one) => one.startsWith(word))).length }]
  })
  return found.sort((a, b) => b.inTitle - a.inTitle).map(({ entry }) => entry)
}

function wordsOf(text: string): string[] {
  return text
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}/]+/u)
    .filter(Boolean)
}
