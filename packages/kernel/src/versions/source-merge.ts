import type { ComponentDeclaration } from "@nexus/protocol"
import { printSourcePart, readSourceParts, type SourcePart } from "@nexus/reactor"
import { mergeOrder, weave } from "./merge-order.ts"
import { baseKeys, partKeys, wordsOfPart } from "./part-keys.ts"
import { mergeText } from "./sequence-merge.ts"

/**
 * Three-way merge of a panel's source over its own parts: states, handlers and the other named ones by their names,
 * elements of the view by what they are, attributes one by one, texts and JavaScript by lines. Two people who added
 * different states at the end of Data meet nowhere, although every line merge sees one place. What only one side touched
 * stays byte for byte as it wrote it, comments and spaces too. Merging what the panel means and printing it anew was
 * refused: it would spell the whole source in nobody's way.
 */

/** What stands where both sides changed one part, and not to the same; `undefined` is nothing. */
export type AskPart = (part: string, base: Maybe, ours: Maybe, theirs: Maybe) => Maybe

type Maybe = string | undefined

/** `undefined` when one of the three has a mistake of syntax, or no parts at all. */
export function mergeSource(
  { base, ours, theirs }: { readonly base: string; readonly ours: string; readonly theirs: string },
  components: ReadonlyMap<string, ComponentDeclaration> | undefined,
  ask: AskPart,
): string | undefined {
  const [was, one, other] = [base, ours, theirs].map((source) =>
    readSourceParts(source, components ? { components } : {}),
  )
  if (!was || !one || !other || [was, one, other].some(({ text }) => text !== undefined)) return undefined
  if ([one, other].some(({ element }) => element !== was.element)) return undefined
  return new SourceMerge(ask).part(was, one, other, PANEL)
}

const PANEL = "the panel"

class SourceMerge {
  readonly #ask: AskPart

  constructor(ask: AskPart) {
    this.#ask = ask
  }

  /** The merged part as text, with what stands before it. */
  part(base: SourcePart | undefined, ours: SourcePart, theirs: SourcePart, words: string): string {
    const [was, one, other] = [base && printSourcePart(base), printSourcePart(ours), printSourcePart(theirs)]
    if (one === other || was === other) return one
    if (was === one) return other
    const lead = this.#text(base?.lead, ours.lead, theirs.lead, `what stands before ${words}`)
    const attributes = this.#attributes(base, ours, theirs, words)
    const inside = this.#inside(base, ours, theirs, words)
    const { tail, close } = shellOf(base, ours, theirs, inside !== "")
    return `${lead}<${ours.element}${attributes}${tail}${inside}${close}`
  }

  #inside(base: SourcePart | undefined, ours: SourcePart, theirs: SourcePart, words: string): string {
    if (ours.text === undefined && theirs.text === undefined && base?.text === undefined) {
      const trail = this.#text(base?.trail, ours.trail, theirs.trail, `what stands at the end of ${words}`)
      return this.#parts(base?.parts ?? [], ours.parts, theirs.parts, words) + trail
    }
    const [was, one, other] = [base, ours, theirs].map((part) => part && heldBy(part))
    return this.#text(was, one ?? "", other ?? "", words)
  }

  #parts(
    base: readonly SourcePart[],
    ours: readonly SourcePart[],
    theirs: readonly SourcePart[],
    words: string,
  ): string {
    const keys = { base: baseKeys(base), ours: partKeys(base, ours), theirs: partKeys(base, theirs) }
    const [inBase, inOurs, inTheirs] = [byKey(keys.base, base), byKey(keys.ours, ours), byKey(keys.theirs, theirs)]
    const order = this.#order(
      keys,
      (key) => wordsOfPart(firstOf(inOurs.get(key), inTheirs.get(key), inBase.get(key))),
      words,
    )
    return order
      .map((key) => {
        const [was, one, other] = [inBase.get(key), inOurs.get(key), inTheirs.get(key)]
        if (one && other) return this.part(was, one, other, wordsOfPart(was ?? one))
        const there = one ?? other
        if (!there) return ""
        if (!was) return printSourcePart(there)
        if (plain(was) === plain(there)) return ""
        const answer = this.#ask(wordsOfPart(was), plain(was), one && plain(one), other && plain(other))
        return answer === undefined ? "" : there.lead + answer
      })
      .join("")
  }

  #order(keys: Record<"base" | "ours" | "theirs", readonly string[]>, name: (key: string) => string, words: string) {
    // Who merges whom must not decide what stands first. What the second list adds stands before what the first does.
    const [first, second] =
      keys.ours.join("\n") >= keys.theirs.join("\n") ? [keys.ours, keys.theirs] : [keys.theirs, keys.ours]
    const order = mergeOrder(keys.base, first, second)
    if (order) return order
    const [was, one, other] = [keys.base, keys.ours, keys.theirs].map((list) => list.map(name).join("\n"))
    const answer = this.#ask(`the order in ${words}`, was, one, other)
    return answer === other ? weave(keys.theirs, keys.ours) : weave(keys.ours, keys.theirs)
  }

  #attributes(base: SourcePart | undefined, ours: SourcePart, theirs: SourcePart, words: string): string {
    const [inBase, inOurs, inTheirs] = [base, ours, theirs].map(
      (part) => new Map(part?.attributes.map((attribute) => [attribute.name, attribute])),
    )
    const [was, one, other] = [inBase, inOurs, inTheirs].map((map) => [...(map?.keys() ?? [])])
    const sides = [one ?? [], other ?? []].sort((a, b) => (a.join() < b.join() ? -1 : 1))
    const order = mergeOrder(was ?? [], sides[0] ?? [], sides[1] ?? []) ?? weave(sides[0] ?? [], sides[1] ?? [])
    return order
      .map((name) => {
        const [old, mine, yours] = [inBase?.get(name), inOurs?.get(name), inTheirs?.get(name)]
        const there = mine ?? yours ?? old
        const text = this.#value(
          old?.text,
          mine?.text,
          yours?.text,
          words === PANEL ? `\`${name}\`` : `\`${name}\` of ${words}`,
        )
        if (text === undefined || !there) return ""
        return spaceOf(old?.lead, mine?.lead ?? there.lead, yours?.lead ?? there.lead) + text
      })
      .join("")
  }

  /** A text that may also be absent. */
  #value(base: Maybe, ours: Maybe, theirs: Maybe, words: string): Maybe {
    if (ours === theirs || base === theirs) return ours
    if (base === ours) return theirs
    if (ours === undefined || theirs === undefined) return this.#ask(words, base, ours, theirs)
    return this.#text(base, ours, theirs, words)
  }

  #text(base: Maybe, ours: string, theirs: string, words: string): string {
    if (ours === theirs || base === theirs) return ours
    if (base === ours) return theirs
    if (`${base ?? ""}${ours}${theirs}`.trim() === "") return spaceOf(base, ours, theirs)
    const merged = mergeText(base ?? "", ours, theirs)
    if (merged.clean) return merged.ours
    return this.#ask(words, base, merged.ours, merged.theirs) ?? ""
  }
}

/** The tag's ends: as only one side changed them, but open where there is something inside. */
function shellOf(base: SourcePart | undefined, ours: SourcePart, theirs: SourcePart, holds: boolean): SourcePart {
  const shell = ({ tail, close }: SourcePart) => `${tail}\n${close}`
  const chosen =
    shell(ours) === shell(theirs) || (base && shell(base) === shell(theirs))
      ? ours
      : base && shell(base) === shell(ours)
        ? theirs
        : shell(ours) < shell(theirs)
          ? ours
          : theirs
  if (!holds || isOpen(chosen)) return chosen
  return [ours, theirs, base].find((part) => part !== undefined && isOpen(part)) ?? chosen
}

function isOpen({ tail }: SourcePart): boolean {
  return !tail.endsWith("/>")
}

/** Of spaces that both changed, the shorter: nobody is asked about what nobody sees. */
function spaceOf(base: Maybe, ours: string, theirs: string): string {
  if (ours === theirs || base === theirs) return ours
  if (base === ours) return theirs
  return ours.length < theirs.length || (ours.length === theirs.length && ours < theirs) ? ours : theirs
}

function heldBy({ text, parts, trail }: SourcePart): string {
  return text ?? parts.map(printSourcePart).join("") + trail
}

function plain(part: SourcePart): string {
  return printSourcePart({ ...part, lead: "" })
}

function byKey(keys: readonly string[], parts: readonly SourcePart[]): ReadonlyMap<string, SourcePart> {
  return new Map(parts.map((part, index) => [keys[index] ?? "", part]))
}

function firstOf(...parts: readonly (SourcePart | undefined)[]): SourcePart {
  const part = parts.find((one) => one !== undefined)
  if (!part) throw new Error("a key without its part")
  return part
}
