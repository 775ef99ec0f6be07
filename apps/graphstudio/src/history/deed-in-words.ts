import type { Actor } from "@nexus/protocol"
import { say, sayAgain } from "../words/say.ts"

/** Reasons that are one word in the journal. */
const WORDS: Readonly<Record<string, string>> = {
  undo: say("took a step back"),
  redo: say("did a step again"),
}

/** What a change did, as it says itself, behind the name of who did it. */
export function deedInWords(reason: string): string {
  return WORDS[reason] ?? sayAgain(reason)
}

/** Who did it: people go by their own names, what Nexus brought by its own word for it. */
export function doerInWords({ kind, name }: Pick<Actor, "kind" | "name">): string {
  return kind === "ai" || kind === "package" ? sayAgain(name) : name
}
