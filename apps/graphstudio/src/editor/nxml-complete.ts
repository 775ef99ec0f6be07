import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete"
import { completionsAt, type Completion as Proposal } from "@nexus/reactor"

const TYPES: Readonly<Record<Proposal["kind"], string>> = {
  element: "class",
  attribute: "property",
  value: "constant",
  state: "variable",
  handler: "function",
  function: "function",
  variable: "variable",
}

/** What may stand at the cursor, as the reactor knows it. */
export function completeNxml({ state, pos }: CompletionContext): CompletionResult | null {
  const [first, ...rest] = completionsAt(state.doc.toString(), pos)
  if (!first) return null
  const alike = [first, ...rest].filter(({ from }) => from === first.from)
  return { from: first.from, options: alike.map(toOption), validFor: /^[\w$.]*$/ }
}

function toOption({ label, kind, detail, apply }: Proposal): Completion {
  return { label, type: TYPES[kind], info: detail, apply }
}
