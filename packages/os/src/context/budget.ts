import { type Detail, renderEntity } from "./render.ts"
import type { Candidate } from "./select.ts"
import type { TokenCounter } from "./tokens.ts"

/**
 * Spends a token budget on ranked entities. First everyone gets at least its name, in order, while there is room; then,
 * in order again, each is raised to the most detail that still fits. So one huge panel cannot push out the knowledge
 * that the others exist, and the focused panel, being first, gets its full source before anyone else gets an outline.
 */
export interface Placed {
  readonly candidate: Candidate
  readonly detail: Detail
  readonly text: string
  readonly tokens: number
}

/** Beyond this many candidates only names are considered, so that a large workspace is not tokenized whole. */
const CONSIDERED = 40
const NAMED = 200
/** No tokenizer makes fewer than one token of so many characters of ordinary source. */
const DENSEST = 12

export function fit(candidates: readonly Candidate[], budgetTokens: number, counter: TokenCounter): Placed[] {
  let left = budgetTokens
  const placed: Placed[] = []
  const rendered = (candidate: Candidate, detail: Detail, room: number): Placed | undefined => {
    const text = renderEntity(candidate.entity, detail)
    if (text.length / DENSEST > room) return undefined
    const tokens = counter.count(text)
    return tokens <= room ? { candidate, detail, text, tokens } : undefined
  }
  for (const candidate of candidates.slice(0, NAMED)) {
    const name = rendered(candidate, "name", left)
    if (!name) break
    placed.push(name)
    left -= name.tokens
  }
  for (const [index, now] of placed.slice(0, CONSIDERED).entries()) {
    for (const detail of worthOf(now.candidate, candidates)) {
      const more = rendered(now.candidate, detail, left + now.tokens)
      if (!more) continue
      placed[index] = more
      left -= more.tokens - now.tokens
      break
    }
  }
  return placed
}

/** Where a panel is focused or some panel answers to the words, a panel with neither is worth no more than its outline. */
function worthOf(candidate: Candidate, all: readonly Candidate[]): readonly Detail[] {
  const best = all[0]
  const known = best !== undefined && (best.focused || best.score > 0)
  return known && !candidate.focused && candidate.score === 0 ? ["outline"] : ["full", "outline"]
}
