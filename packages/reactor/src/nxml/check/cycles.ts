import type { Computed } from "@nexus/protocol"
import { attributeOf } from "../document.ts"
import type { Names } from "./names.ts"

/** Computed values that need themselves: each cycle is told once, at its member that is declared first. */
export function checkCycles(computed: readonly Computed[], names: Names): void {
  const needs = new Map<string, readonly string[]>()
  for (const { name, value } of computed)
    needs.set(
      name,
      value.references.filter(({ root }) => root === "$computed").map((reference) => reference.name),
    )
  const done = new Set<string>()
  for (const { name, value } of computed) {
    if (done.has(name)) continue
    const cycle = findCycle(name, needs)
    if (cycle === undefined) continue
    for (const member of cycle) done.add(member)
    names.problems.add(
      "computed-cycle",
      value.range.offset,
      value.range.length,
      `"${name}" needs itself: ${[...cycle, name].join(" → ")}`,
      {
        hint: "Let one of them be worked out from State alone.",
      },
    )
  }
}

/** The names on a way from `start` back to it, without recursion. */
function findCycle(start: string, needs: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const from = new Map<string, string>()
  const pending = [start]
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    for (const next of needs.get(name) ?? []) {
      if (next === start) {
        const way = [name]
        for (let step = name; step !== start; ) {
          step = from.get(step) ?? start
          way.unshift(step)
        }
        return way
      }
      if (from.has(next)) continue
      from.set(next, name)
      pending.push(next)
    }
  }
  return undefined
}

/** An Import of the panel's own values: the shortest cycle of Imports, and the only one a document shows by itself. */
export function checkSelfImport(title: string, names: Names): void {
  for (const [name, element] of names.imports) {
    const panel = attributeOf(element, "panel")
    if (panel === undefined || panel.value !== title || title === "") continue
    names.problems.add(
      "import-cycle",
      panel.valueStart,
      panel.value.length,
      `"${name}" is imported from this panel itself`,
      {
        hint: "Use $state or $computed.",
      },
    )
  }
}
