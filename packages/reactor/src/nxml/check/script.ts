import { rememberedWhenRepeated } from "../../expression/remembered.ts"
import { readQuickly } from "./quick-script.ts"
import type { ScriptAnalysis } from "./script-analysis.ts"

const MEMORY = 1000

/** What is said of a script that the quick reader leaves alone while nobody knows the whole language. */
const UNREAD: ScriptAnalysis = { error: undefined, uses: [], hostUses: [] }

const readers: { whole?: (source: string) => ScriptAnalysis } = {}

/** Lets scripts be read by who knows the whole language from now on. */
export function readScriptsWhole(reader: (source: string) => ScriptAnalysis): void {
  readers.whole = rememberedWhenRepeated(MEMORY, reader)
}

const quickly = rememberedWhenRepeated(MEMORY, readQuickly)

/**
 * Parses the source as the body of an async function. A page that only paints panels does without acorn, which weighs
 * more than all else that reads a panel: there the mistakes and uses of an unusual script are not known, and the kernel,
 * which took the panel in, knows them.
 */
export function analyseScript(source: string): ScriptAnalysis {
  return quickly(source) ?? readers.whole?.(source) ?? UNREAD
}
