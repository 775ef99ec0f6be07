/** The narrowest pixels that a box with border and padding on both sides takes of its width. */
const CARD_EDGES_PX = 2 * (16 + 1)

/** What is left inside a Container of this look. */
export function insideContainer(width: number, surface: string): number {
  return surface === "plain" ? width : Math.max(0, width - CARD_EDGES_PX)
}
