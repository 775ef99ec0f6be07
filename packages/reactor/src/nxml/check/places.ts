import { elements } from "@nexus/protocol"
import type { XmlElement } from "../document.ts"
import { didYouMean } from "../nearest.ts"
import type { Problems } from "../problems.ts"

const NONE: readonly string[] = []

/** The children that may stand in `parent`; every other element and every stray text is told. */
export function checkPlaces(parent: XmlElement, problems: Problems): XmlElement[] {
  const allowed = parent.entry?.children ?? NONE
  const kept: XmlElement[] = []
  checkStrayText(parent, problems)
  for (const child of parent.children) {
    if (child.kind !== "element") continue
    if (allowed.includes(child.name)) kept.push(child)
    else misplaced(child, parent, allowed, problems)
  }
  return kept
}

/** Tells that an element stands where it does not belong; `allowed` is what does. */
export function misplaced(child: XmlElement, parent: XmlElement, allowed: readonly string[], problems: Problems): void {
  if (isHalfWritten(child)) return
  const home = child.entry?.component?.parents?.[0] ?? child.entry?.element?.parents[0]
  const inside =
    allowed.length === 0 ? `<${parent.name}> holds no elements.` : `<${parent.name}> holds ${allowed.join(", ")}.`
  problems.add(
    "unknown-element",
    child.offset,
    child.name.length + 1,
    `<${child.name}> does not stand in <${parent.name}>`,
    {
      hint: home === undefined ? inside : `<${child.name}> stands in ${home}.`,
      ...(home === undefined ? retagged(child, didYouMean(child.name, allowed)) : {}),
    },
  )
}

/** A name that is still being written, as in `<Me`: that its tag has no end was told, and no more is known. */
export function isHalfWritten(element: XmlElement): boolean {
  return element.broken && element.attributes.length === 0
}

/** The same advice with the edit behind the `<`. */
export function retagged(
  child: XmlElement,
  advice: { hint?: string; fix?: { text: string; label: string } },
): { hint?: string; fix?: { text: string; label: string; offset: number; length: number } } {
  if (advice.fix === undefined || advice.hint === undefined) return {}
  const bare = child.selfClosing || child.closeStart < 0
  return bare
    ? { hint: advice.hint, fix: { ...advice.fix, offset: child.offset + 1, length: child.name.length } }
    : { hint: advice.hint }
}

/** Text where only elements stand: told once an element, at its first letter. */
export function checkStrayText(parent: XmlElement, problems: Problems): void {
  for (const child of parent.children) {
    if (child.kind !== "text" && child.kind !== "cdata") continue
    if (child.reported) continue
    const raw = problems.source.slice(child.offset, child.end)
    const start = raw.search(/\S/)
    if (start < 0) continue
    problems.add(
      "xml-unexpected-text",
      child.offset + start,
      raw.trim().length,
      `Text does not stand in <${parent.name}>`,
      {
        hint:
          parent.name === "View" || !elements.has(parent.name)
            ? 'Show it with <Text content="…"/>.'
            : "Remove it, or make it a comment <!-- … -->.",
      },
    )
    return
  }
}
