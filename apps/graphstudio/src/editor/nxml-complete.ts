import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete"
import { completionsAt, type Completion as Proposal } from "@nexus/reactor"

/** What may stand at the cursor, as the reactor knows it. */
export function completeNxml(context: CompletionContext): CompletionResult | null {
  return null
}
