import {
  type Entity,
  equalJson,
  isArray,
  type Json,
  type JsonObject,
  keyOf,
  type Relationship,
  type VersionDifference,
  type VersionFact,
} from "@nexus/protocol"
import { sourceFacts } from "./source-facts.ts"
import type { CommittedPanel, CommittedWorkspace } from "./workspace-files.ts"

/**
 * In which facts two versions differ: about panels, what their sources declare, their values, and what people drew in the
 * graph. Made from the two worlds and not from their files, so that a value that moved to another line is no difference.
 */
export function versionFacts(
  workspace: string,
  before: CommittedWorkspace,
  after: CommittedWorkspace,
): VersionDifference[] {
  const edges = edgeFacts(before, after)
  const found: VersionDifference[] = []
  const add = (about: Omit<VersionDifference, "facts">, facts: readonly VersionFact[]) => {
    const all = [...facts, ...(edges.get(about.id) ?? [])]
    edges.delete(about.id)
    if (all.length > 0) found.push({ ...about, facts: all })
  }
  add({ id: workspace, kind: "workspace", name: after.name, text: false }, [
    ...nameFacts(before.name, after.name),
    ...valueFacts("property", before.properties, after.properties),
  ])
  for (const [id, [was, is]] of pairs(before.panels, after.panels)) {
    const name = (is ?? was)?.title ?? id
    add(
      { id, kind: "panel", name, text: was?.source !== is?.source || !equalJson(was?.state, is?.state) },
      panelFacts(was, is),
    )
  }
  for (const [id, [was, is]] of pairs(before.entities, after.entities)) {
    const entity = is ?? was
    if (entity) add({ id, kind: entity.kind, name: entity.name, text: false }, entityFacts(was, is))
  }
  // Edges that begin at something that did not change itself, or that follows from a source.
  for (const id of [...edges.keys()]) {
    const entity = after.entities.get(id) ?? before.entities.get(id)
    const panel = ownerOf(id, after.panels) ?? ownerOf(id, before.panels)
    const name = entity?.name ?? panel?.title ?? id
    add({ id, kind: entity?.kind ?? "panel", name, text: false }, [])
  }
  return found
}

function ownerOf(id: string, panels: ReadonlyMap<string, CommittedPanel>): CommittedPanel | undefined {
  for (let end = id.length; end > 0; end = id.lastIndexOf(".", end - 1)) {
    const panel = panels.get(id.slice(0, end))
    if (panel) return panel
  }
  return undefined
}

function panelFacts(was: CommittedPanel | undefined, is: CommittedPanel | undefined): VersionFact[] {
  if (!was || !is) return existence("panel", was === undefined)
  const facts = nameFacts(was.title, is.title)
  if (was.frame.x !== is.frame.x || was.frame.y !== is.frame.y) facts.push({ kind: "moved", sentence: "moved" })
  if (was.frame.w !== is.frame.w || was.frame.h !== is.frame.h) facts.push({ kind: "resized", sentence: "resized" })
  if (was.source !== is.source) facts.push(...sourceFacts(was.source, is.source))
  return [
    ...facts,
    ...valueFacts("state", was.state, is.state),
    ...valueFacts("property", was.properties, is.properties),
  ]
}

function entityFacts(was: Entity | undefined, is: Entity | undefined): VersionFact[] {
  if (!was || !is) return existence((was ?? is)?.kind ?? "entity", was === undefined)
  const facts = nameFacts(was.name, is.name)
  if (was.kind !== is.kind || was.scope !== is.scope) facts.push({ kind: "moved", sentence: "stands elsewhere now" })
  return [...facts, ...valueFacts("property", was.properties, is.properties)]
}

function existence(what: string, added: boolean): VersionFact[] {
  const change = added ? "added" : "removed"
  return [{ kind: "existence", change, sentence: `the ${what} was ${change}` }]
}

function nameFacts(before: string, after: string): VersionFact[] {
  return before === after ? [] : [{ kind: "name", before, after, sentence: `was called “${before}”` }]
}

/** A value that is written out, in full. */
const SHORT = 80

function valueFacts(of: "state" | "property", before: JsonObject, after: JsonObject): VersionFact[] {
  const facts: VersionFact[] = []
  for (const name of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    const was = before[name]
    const is = after[name]
    if (equalJson(was, is)) continue
    const change = was === undefined ? "added" : is === undefined ? "removed" : "changed"
    const items = isArray(was) && isArray(is) ? itemsOf(was, is) : undefined
    const short = [was, is].every((value) => value === undefined || JSON.stringify(value).length <= SHORT)
    const values = short
      ? { ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }
      : {}
    const sentence = `${of} \`${name}\` ${items ? inWords(items) : changeWords(change, was, is, short)}`
    facts.push({ kind: "value", of, name, change, ...(items ? { items } : {}), ...values, sentence })
  }
  return facts
}

function changeWords(
  change: "added" | "removed" | "changed",
  was: Json | undefined,
  is: Json | undefined,
  short: boolean,
): string {
  if (change === "removed") return "is gone"
  if (!short) return change
  if (change === "added") return `is new: ${JSON.stringify(is)}`
  return `went from ${JSON.stringify(was)} to ${JSON.stringify(is)}`
}

interface Items {
  readonly gained: number
  readonly lost: number
  readonly changed: number
}

/** Items are the same by their key, else by their whole value. */
function itemsOf(was: readonly Json[], is: readonly Json[]): Items {
  const name = (item: Json) => {
    const key = keyOf(item)
    return key === undefined ? JSON.stringify(item) : `key ${JSON.stringify(key)}`
  }
  const left = new Map<string, Json[]>()
  for (const item of was) left.set(name(item), [...(left.get(name(item)) ?? []), item])
  let gained = 0
  let changed = 0
  for (const item of is) {
    const match = left.get(name(item))?.shift()
    if (match === undefined) gained += 1
    else if (!equalJson(match, item)) changed += 1
  }
  const lost = [...left.values()].reduce((sum, items) => sum + items.length, 0)
  return { gained, lost, changed }
}

function inWords({ gained, lost, changed }: Items): string {
  const rows = (count: number) => (count === 1 ? "1 row" : `${count} rows`)
  const parts = [
    ...(gained > 0 ? [`gained ${rows(gained)}`] : []),
    ...(lost > 0 ? [`lost ${rows(lost)}`] : []),
    ...(changed > 0 ? [`changed ${rows(changed)}`] : []),
  ]
  return parts.length > 0 ? parts.join(", ") : "is in another order"
}

function edgeFacts(before: CommittedWorkspace, after: CommittedWorkspace): Map<string, VersionFact[]> {
  const key = ({ from, kind, to }: Relationship) => `${from} ${kind} ${to}`
  const byKey = ({ relationships }: CommittedWorkspace) => new Map(relationships.map((edge) => [key(edge), edge]))
  const nameOf = (id: string) =>
    after.panels.get(id)?.title ??
    before.panels.get(id)?.title ??
    (after.entities.get(id) ?? before.entities.get(id))?.name ??
    id
  const facts = new Map<string, VersionFact[]>()
  for (const [, [was, is]] of pairs(byKey(before), byKey(after))) {
    const edge = is ?? was
    if (!edge || (was && is && equalJson(was.properties, is.properties))) continue
    const change = was === undefined ? "added" : is === undefined ? "removed" : "changed"
    const { from, kind: relationship, to } = edge
    const words = `${relationship.replaceAll("_", " ")} ${nameOf(to)}`
    const sentence = change === "changed" ? `what is said of “${words}” changed` : `“${words}” was ${change}`
    facts.set(from, [...(facts.get(from) ?? []), { kind: "relationship", from, relationship, to, change, sentence }])
  }
  return facts
}

function* pairs<Value>(
  before: ReadonlyMap<string, Value>,
  after: ReadonlyMap<string, Value>,
): Generator<readonly [string, readonly [Value | undefined, Value | undefined]]> {
  for (const id of [...new Set([...before.keys(), ...after.keys()])].sort()) yield [id, [before.get(id), after.get(id)]]
}
