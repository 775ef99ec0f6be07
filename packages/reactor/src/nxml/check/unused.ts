import type { Handler, State } from "@nexus/protocol"
import { IDENTIFIER } from "./attributes.ts"
import type { Names } from "./names.ts"

/** Declarations that nothing uses. Silent where a mistake may hide the use. */
export function checkUnused(states: readonly State[], handlers: readonly Handler[], names: Names): void {
  if (names.incomplete) return
  for (const { name, range } of states) {
    if (!IDENTIFIER.test(name) || names.usedStates.has(name) || names.states.get(name)?.offset !== range.offset)
      continue
    names.problems.add("unused-state", range.offset, range.length, `Nothing reads or writes "${name}"`, {
      hint: `Use {$state.${name}} in View, or remove it.`,
    })
  }
  for (const { name, range } of handlers) {
    if (!IDENTIFIER.test(name) || names.usedHandlers.has(name) || names.handlers.get(name)?.offset !== range.offset)
      continue
    names.problems.add("unused-handler", range.offset, range.length, `Nothing runs "${name}"`, {
      hint: `Call it in an event such as onClick="${name}()", or name it in a Tool or Lifecycle.`,
    })
  }
}
