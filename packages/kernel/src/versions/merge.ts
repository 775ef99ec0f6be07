import { createHash } from "node:crypto"
import {
  type ComponentDeclaration,
  EntityKind,
  equalJson,
  type ItemKey,
  isArray,
  isJsonObject,
  type Json,
  type JsonObject,
  keyOf,
  type MergeChoice,
  type MergeConflict,
} from "@nexus/protocol"
import { mergeOrder } from "./merge-order.ts"
import { fromTree, keyOfEdge, placesAbove, toTree } from "./merge-tree.ts"
import { mergeSequences, mergeText } from "./sequence-merge.ts"
import { type AskPart, mergeSource } from "./source-merge.ts"
import type { CommittedWorkspace } from "./workspace-files.ts"

/**
 * Three-way merge over the graph: things by their id, state by its path, list items by their key, edges by their ends,
 * sources by their own parts. Where one side left a place as it was, the other side's is taken; where both changed it, and
 * not to the same, it is a conflict, which is data that a person answers, one by one. Merging the files was refused: to Git
 * two rows added to one list are a conflict, and a removed panel that another edge leads to is none.
 */
export interface MergeOptions {
  /** The workspace's id. */
  readonly root: string
  readonly choices?: readonly MergeChoice[]
  /** May this merged source stand? Parts that fit together need not make a panel. */
  readonly accepts?: (source: string) => boolean
  /** What sources may use beside the standard components. */
  readonly components?: ReadonlyMap<string, ComponentDeclaration>
}

export interface Merged {
  /** With our side wherever a conflict is open. */
  readonly workspace: CommittedWorkspace
  readonly conflicts: readonly MergeConflict[]
}

export function mergeWorkspaces(
  base: CommittedWorkspace,
  ours: CommittedWorkspace,
  theirs: CommittedWorkspace,
  options: MergeOptions,
): Merged {
  const merge = new Merge(base, ours, theirs, options)
  const tree = merge.value(toTree(base), toTree(ours), toTree(theirs), [])
  const titleOf = (panel: string, source: string) => {
    const sides = [ours, theirs].map(({ panels }) => panels.get(panel))
    return (sides.find((side) => side?.source === source) ?? sides[0] ?? sides[1])?.title ?? ""
  }
  // While conflicts are open nobody uses the workspace, and a choice that is missing may leave it without its shape.
  const workspace = merge.conflicts.length > 0 ? ours : fromTree(tree ?? null, { root: options.root, titleOf })
  return { workspace, conflicts: merge.conflicts }
}

type Path = readonly (string | { readonly key: ItemKey })[]
type Maybe = Json | undefined
type Kind = MergeConflict["kind"]

class Merge {
  readonly conflicts: MergeConflict[] = []
  readonly #options: MergeOptions
  readonly #choices: ReadonlyMap<string, MergeChoice>
  readonly #sides: readonly CommittedWorkspace[]
  readonly #oursUses: ReadonlySet<string>
  readonly #theirsUses: ReadonlySet<string>

  constructor(base: CommittedWorkspace, ours: CommittedWorkspace, theirs: CommittedWorkspace, options: MergeOptions) {
    this.#options = options
    this.#choices = new Map((options.choices ?? []).map((choice) => [choice.token, choice]))
    this.#sides = [ours, theirs, base]
    this.#oursUses = newlyUsed(base, ours)
    this.#theirsUses = newlyUsed(base, theirs)
  }

  value(base: Maybe, ours: Maybe, theirs: Maybe, path: Path): Maybe {
    if (equalJson(ours, theirs)) return ours
    // The lists of things are walked in any case: what one side removed, the other may have begun to use.
    const lists = path.length < 2
    if (!lists && (equalJson(base, ours) || equalJson(base, theirs))) return this.#oneSided(base, ours, theirs, path)
    if (ours === undefined || theirs === undefined) return this.#conflict("removed", base, ours, theirs, path)
    if (isWhole(path)) return this.#conflict("value", base, ours, theirs, path)
    if (isJsonObject(ours) && isJsonObject(theirs) && (base === undefined || isJsonObject(base))) {
      return this.#object(base ?? {}, ours, theirs, path)
    }
    if (isArray(ours) && isArray(theirs) && (base === undefined || isArray(base))) {
      return this.#list(base ?? [], ours, theirs, path)
    }
    if (isSource(path)) return this.#source(String(base ?? ""), String(ours), String(theirs), path)
    return this.#conflict("value", base, ours, theirs, path)
  }

  /** One side alone changed it; only a removal of what the other side began to use asks. */
  #oneSided(base: Maybe, ours: Maybe, theirs: Maybe, path: Path): Maybe {
    const changed = equalJson(base, ours) ? theirs : ours
    const [list, id, ...rest] = path
    const thing = (list === "panels" || list === "entities") && typeof id === "string" && rest.length === 0
    if (changed !== undefined || !thing) return changed
    const uses = equalJson(base, ours) ? this.#oursUses : this.#theirsUses
    return uses.has(id) ? this.#conflict("removed", base, ours, theirs, path) : undefined
  }

  #object(base: JsonObject, ours: JsonObject, theirs: JsonObject, path: Path): Json {
    const merged: [string, Json][] = []
    for (const name of new Set([...Object.keys(ours), ...Object.keys(theirs), ...Object.keys(base)])) {
      const value = this.value(own(base, name), own(ours, name), own(theirs, name), [...path, name])
      if (value !== undefined) merged.push([name, value])
    }
    return Object.fromEntries(merged)
  }

  #list(base: readonly Json[], ours: readonly Json[], theirs: readonly Json[], path: Path): Maybe {
    const [inBase, inOurs, inTheirs] = [keyed(base), keyed(ours), keyed(theirs)]
    if (!inBase || !inOurs || !inTheirs) return this.#sequence(base, ours, theirs, path)
    const order = mergeOrder([...inBase.keys()], [...inOurs.keys()], [...inTheirs.keys()])
    if (!order) return this.#conflict("order", base, ours, theirs, path)
    return order.flatMap((key) => {
      const value = this.value(inBase.get(key), inOurs.get(key), inTheirs.get(key), [...path, { key }])
      return value === undefined ? [] : [value]
    })
  }

  #sequence(base: readonly Json[], ours: readonly Json[], theirs: readonly Json[], path: Path): Maybe {
    const texts = [base, ours, theirs].map((list) => list.map((item) => canonical(item)))
    const stretches = mergeSequences(texts[0] ?? [], texts[1] ?? [], texts[2] ?? [])
    const merged: Json[] = []
    for (const stretch of stretches) {
      if (!("agreed" in stretch)) return this.#conflict("list", base, ours, theirs, path)
      merged.push(...stretch.agreed.map((text): Json => JSON.parse(text)))
    }
    return merged
  }

  #source(base: string, ours: string, theirs: string, path: Path): Maybe {
    const { accepts = () => true, components } = this.#options
    const by = (ask: AskPart) => mergeSource({ base, ours, theirs }, components, ask)
    const [ofOurs, ofTheirs] = [by((_part, _base, one) => one), by((_part, _base, _one, other) => other)]
    if (ofOurs === undefined || ofTheirs === undefined) return this.#lines(base, ours, theirs, path)
    const sources = { ours: ofOurs, theirs: ofTheirs }
    const open = this.conflicts.length
    const merged = by((part, was, one, other) => {
      const answer = this.#conflict("source", was, one, other, [...path, part], sources)
      return answer === undefined ? undefined : String(answer)
    })
    if (merged === undefined || this.conflicts.length > open) return ours
    if (accepts(merged)) return merged
    const sides = accepts(ofOurs) && accepts(ofTheirs) ? sources : { ours, theirs }
    return this.#conflict("source", base, sides.ours, sides.theirs, path)
  }

  /** Sources with a mistake of syntax have no parts that could be told apart. */
  #lines(base: string, ours: string, theirs: string, path: Path): Maybe {
    const { accepts = () => true } = this.#options
    const merged = mergeText(base, ours, theirs)
    if (merged.clean && accepts(merged.ours)) return merged.ours
    const whole = merged.clean || !accepts(merged.ours) || !accepts(merged.theirs)
    const sides = whole ? { ours, theirs } : merged
    return this.#conflict("source", base, sides.ours, sides.theirs, path)
  }

  #conflict(
    kind: Kind,
    base: Maybe,
    ours: Maybe,
    theirs: Maybe,
    path: Path,
    sources?: MergeConflict["sources"],
  ): Maybe {
    const said = [kind, path, base ?? [], ours ?? [], theirs ?? []]
    const token = createHash("sha256")
      .update(canonical(said as Json))
      .digest("hex")
      .slice(0, 32)
    const choice = this.#choices.get(token)
    if (choice) return "value" in choice ? choice.value : choice.take === "ours" ? ours : theirs
    const values = Object.entries({ base, ours, theirs }).filter(([, value]) => value !== undefined)
    this.conflicts.push({
      token,
      kind,
      ...this.#thing(path),
      ...Object.fromEntries(values),
      ...(sources ? { sources } : {}),
    })
    return ours
  }

  /** What the conflict is about, and where in it. */
  #thing([list, at, ...path]: Path): Pick<MergeConflict, "id" | "of" | "name" | "path"> {
    const id = typeof at === "string" ? at : ""
    if (list === "workspace") {
      const [name = this.#options.root] = this.#sides.map((side) => side.name)
      return { id: this.#options.root, of: "workspace", name, path: at === undefined ? [] : [at, ...path] }
    }
    const panel = this.#sides.map(({ panels }) => panels.get(id)).find(Boolean)
    if (list === "panels") return { id, of: "panel", name: panel?.title ?? id, path }
    const entity = this.#sides.map(({ entities }) => entities.get(id)).find(Boolean)
    if (list === "entities") return { id, of: EntityKind.parse(entity?.kind), name: entity?.name ?? id, path }
    return { id, of: "relationship", name: id, path }
  }
}

/** Ids that a side's own additions stand in or lead to; removing one of these would take the additions away. */
function newlyUsed(base: CommittedWorkspace, side: CommittedWorkspace): ReadonlySet<string> {
  const used = new Set<string>()
  const use = (id: string) => {
    for (const place of placesAbove(id)) used.add(place)
  }
  for (const [id, entity] of side.entities) {
    const before = base.entities.get(id)
    if (before === undefined || !equalJson(before.properties, entity.properties)) use(entity.scope)
  }
  const before = new Set(base.relationships.map(keyOfEdge))
  for (const edge of side.relationships) {
    if (before.has(keyOfEdge(edge))) continue
    use(edge.from)
    use(edge.to)
  }
  return used
}

/** Values that are one fact: half of a place is no place. */
function isWhole(path: Path): boolean {
  return path[0] === "panels" && path.length === 3 && (path[2] === "position" || path[2] === "size")
}

function isSource(path: Path): boolean {
  return path[0] === "panels" && path.length === 3 && path[2] === "source"
}

function own(object: JsonObject, name: string): Maybe {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** Items by key, when every item has one of its own. */
function keyed(list: readonly Json[]): Map<ItemKey, Json> | undefined {
  const items = new Map<ItemKey, Json>()
  for (const item of list) {
    const key = keyOf(item)
    if (key === undefined || items.has(key)) return undefined
    items.set(key, item)
  }
  return items
}

/** JSON with its keys in order: equal values give equal texts. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== "object" || item === null || Array.isArray(item)) return item
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
