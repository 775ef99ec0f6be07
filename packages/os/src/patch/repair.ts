import { type Failure, sentenceOf } from "@nexus/protocol"
import type { World } from "../context/world.ts"
import type { ModelCall, ModelMessage } from "../model/model.ts"

/** How often a model may try again after its patch was refused. */
export const MAX_REPAIRS = 1

/** Refusals that a better patch could avoid; everything else is for the person to hear. */
export function isRepairable(failure: Failure): boolean {
  switch (failure.code) {
    case "panel-invalid":
    case "invalid-input":
    case "operation-conflict":
    case "not-found":
    case "too-large":
      return true
    default:
      return false
  }
}

/** What the kernel refused, in words that help to mend it; sources that changed meanwhile are shown as they are now. */
export function problemsOf(failure: Failure, before: World, now: World): string[] {
  const problems = [sentenceOf(failure)]
  if (failure.code !== "operation-conflict") return problems
  for (const panel of now.panels) {
    const old = before.panels.find(({ id }) => id === panel.id)
    if (old && old.properties.source !== panel.properties.source) {
      problems.push(`The source of ${panel.id} is now:\n${panel.properties.source}`)
    }
  }
  return problems
}

/** The conversation's next messages: what the model said and called, and for each call why it was refused. */
export function askForRepair(said: string, calls: readonly ModelCall[], problems: readonly string[]): ModelMessage[] {
  const text = `The patch was refused and nothing has changed:\n- ${problems.join("\n- ")}\nCall propose_patch again with the whole corrected patch.`
  return [
    { role: "assistant", text: said, calls },
    ...calls.map(({ id }): ModelMessage => ({ role: "tool", call: id, text })),
  ]
}
