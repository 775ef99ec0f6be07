import { printSourcePart, type SourcePart } from "@nexus/reactor"
import { placesOf } from "./sequence-merge.ts"

/**
 * By what a part of a source is the same part in another version of it. What has a name goes by its name. An element of the
 * view has none: it is the one of the past that it equals, or else the one that says the same of itself (its `key`, `bind`,
 * `label`), or else the one of its kind at the same place between those that are known already. The rest is new; the same
 * new part in two versions is one.
 */
export function partKeys(base: readonly SourcePart[], side: readonly SourcePart[]): readonly string[] {
  const ofBase = baseKeys(base)
  const named = numbered(side.map((part) => nameOf(part)))
  const free = new Set(base.keys().filter((index) => isUnnamed(base[index])))
  const found = new Map<number, number>()
  const pair = (at: number, of: number) => {
    found.set(at, of)
    free.delete(of)
  }
  const open = () => [...side.keys()].filter((at) => isUnnamed(side[at]) && !found.has(at))
  for (const [of, at] of placesOf(base.map(plain), side.map(plain)).entries()) {
    if (at !== undefined && free.has(of)) pair(at, of)
  }
  for (const same of [sameSaying, sameGap]) {
    for (const at of open()) {
      const part = side[at]
      const of = [...free].find((index) => {
        const other = base[index]
        return part && other?.element === part.element && same({ part, other, at, index, found })
      })
      if (of !== undefined) pair(at, of)
    }
  }
  const fresh = numbered(side.map((part) => `+${plain(part)}`))
  return side.map((_, at) => {
    const of = found.get(at)
    return (of === undefined ? (named[at] ?? fresh[at]) : ofBase[of]) ?? ""
  })
}

export function baseKeys(base: readonly SourcePart[]): readonly string[] {
  const named = numbered(base.map((part) => nameOf(part)))
  return base.map(({ element }, index) => named[index] ?? `${element}@${index}`)
}

/** The words for a part, such as: handler `add`, or: Metric “To buy”. */
export function wordsOfPart(part: SourcePart): string {
  const name = namedValue(part, NAMING[part.element] ?? [])
  if (NAMING[part.element])
    return name === "" ? part.element.toLowerCase() : `${part.element.toLowerCase()} \`${name}\``
  const says = attributeNamed(part, SAYINGS)
  return says === "" ? part.element : `${part.element} “${says.slice(0, 60)}”`
}

/** What names each element of the rooms Data and Logic. */
const NAMING: Readonly<Record<string, readonly string[]>> = {
  State: ["name"],
  Computed: ["name"],
  Import: ["as", "name"],
  Capability: ["type", "scope"],
  Handler: ["name"],
  Tool: ["name"],
  Arg: ["name"],
  Lifecycle: ["on", "run"],
}
const ROOMS: ReadonlySet<string> = new Set(["Data", "Logic", "View", "Else"])
/** What an element of the view says of itself, the surest first. */
const SAYINGS = ["key", "bind", "name", "label", "title", "items", "test", "content", "value"]

function isUnnamed(part: SourcePart | undefined): boolean {
  return part !== undefined && nameOf(part) === undefined
}

function nameOf(part: SourcePart): string | undefined {
  if (ROOMS.has(part.element)) return part.element
  const naming = NAMING[part.element]
  return naming && `${part.element} ${namedValue(part, naming)}`
}

function namedValue(part: SourcePart, [first = "", second = ""]: readonly string[]): string {
  const named = attributeNamed(part, [first])
  const more = attributeNamed(part, [second])
  if (part.element === "Import") return named || more
  return more ? `${named} ${more}` : named
}

function attributeNamed({ attributes }: SourcePart, names: readonly string[]): string {
  for (const name of names) {
    const found = attributes.find((attribute) => attribute.name === name)
    if (found)
      return found.text
        .slice(name.length)
        .replace(/^\s*=\s*["']?/, "")
        .replace(/["']$/, "")
  }
  return ""
}

interface Pairing {
  readonly part: SourcePart
  readonly other: SourcePart
  readonly at: number
  readonly index: number
  readonly found: ReadonlyMap<number, number>
}

function sameSaying({ part, other }: Pairing): boolean {
  return SAYINGS.some((name) => {
    const said = attributeNamed(part, [name])
    return said !== "" && said === attributeNamed(other, [name])
  })
}

/** Do both stand between the same two that are known already? */
function sameGap({ at, index, found }: Pairing): boolean {
  let [before, after] = [-1, Number.POSITIVE_INFINITY]
  for (const [place, of] of found) {
    if (place < at) before = Math.max(before, of)
    else after = Math.min(after, of)
  }
  return before < index && index < after
}

function plain(part: SourcePart): string {
  return printSourcePart({ ...part, lead: "" })
}

/** Later ones of the same name get a number, so that each is one of its own. */
function numbered(names: readonly (string | undefined)[]): readonly (string | undefined)[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    if (name === undefined) return undefined
    const before = seen.get(name) ?? 0
    seen.set(name, before + 1)
    return before === 0 ? name : `${name}#${before}`
  })
}
