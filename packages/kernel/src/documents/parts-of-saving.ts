import type { Actor, Failure } from "@nexus/protocol"
import { toText } from "@nexus/reactor/text"
import type { Saving } from "./document-record.ts"

/** One change of a saving: the source after it, and whose words are in it by then. */
export interface Part extends Saving {
  readonly actor: Actor
  readonly authors: ReadonlySet<string>
  readonly title: string
  readonly reason: string
}

interface SavingOptions {
  /** The last one last. */
  readonly typists: readonly Actor[]
  /** What is saved, and what is to be. */
  readonly base: string
  readonly source: string
  readonly title: string
  /** What is saved with the words of these alone. */
  textOf(authors: ReadonlySet<string>): string
  /** The title of the panel that these words declare, or why they declare none. */
  check(words: string): { readonly title: string } | Failure
  createId(): string
}

/**
 * A saving as changes: one for each who typed, with their own words alone, as far as the text works in between. Who
 * wrote what works only together with another's words is named in that one's reason.
 */
export function partsOf({ typists, base, source, title, textOf, check, createId }: SavingOptions): readonly Part[] {
  const parts: Part[] = []
  const done = new Set<string>()
  let together: string[] = []
  for (const actor of typists) {
    done.add(actor.id)
    const last = actor === typists.at(-1)
    const words = last ? source : textOf(done)
    if (toText(parts.at(-1)?.source ?? base) === words) continue
    const checked = last ? { title } : check(words)
    if ("code" in checked) {
      together.push(actor.name)
      continue
    }
    const others = together.length > 0 ? ` with ${together.join(", ")}` : ""
    const reason = `edited ${checked.title}${others}`.slice(0, 400)
    parts.push({ actor, authors: new Set(done), source: words, title: checked.title, reason, submission: createId() })
    together = []
  }
  return parts
}
