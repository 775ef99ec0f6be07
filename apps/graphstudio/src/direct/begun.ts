import type { PanelDocument } from "@nexus/reactor/language"
import * as z from "zod"
import { keepWords, keptWords } from "../ui/kept-words.ts"
import { sameComponent } from "./use-followed.ts"

/**
 * What was typed into the properties of one panel and is not in its text: half an expression, or what the checks refuse.
 * It is kept with each key, as other begun words are, so neither a closed tab nor a look at another component loses it.
 * Components are counted in a text, so it is kept with that text and found again through the difference to the one of
 * now. A queue of changes, as the source editor's, was refused: half an expression is no change. So was trying what is
 * found by itself: who comes back after days, to a text that others wrote, decides.
 */
const Begun = z.object({ node: z.string(), name: z.string(), value: z.string() })
const Kept = z.object({ source: z.string(), begun: z.array(Begun) })
type Begun = z.infer<typeof Begun>

/** What is begun in the properties of one panel; every answer is about the components of a given text. */
export interface BegunValues {
  of(document: PanelDocument, node: string, name: string): string | undefined
  /** `undefined` leaves nothing behind. */
  keep(document: PanelDocument, node: string, name: string, value: string | undefined): void
}

/** `read` reads a text of the panel. */
export function createBegunValues(about: string, read: (source: string) => PanelDocument): BegunValues {
  const begunIn = (document: PanelDocument): readonly Begun[] => {
    const kept = parse(keptWords(about))
    if (!kept) return []
    const before = kept.source === document.source ? document : read(kept.source)
    return kept.begun.flatMap((one) => {
      const node = sameComponent(before, document, one.node)
      return node === undefined ? [] : [{ ...one, node }]
    })
  }
  return {
    of: (document, node, name) => begunIn(document).find((one) => one.node === node && one.name === name)?.value,
    keep(document, node, name, value) {
      const others = begunIn(document).filter((one) => one.node !== node || one.name !== name)
      const begun = value === undefined ? others : [...others, { node, name, value }]
      const { source } = document
      keepWords(about, begun.length === 0 ? undefined : JSON.stringify({ source, begun }))
    },
  }
}

function parse(kept: string | undefined): z.infer<typeof Kept> | undefined {
  try {
    return Kept.parse(JSON.parse(kept ?? "null"))
  } catch {
    return undefined
  }
}
