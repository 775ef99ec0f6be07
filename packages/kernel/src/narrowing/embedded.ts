import { type Actor, type Change, type Entity, Graph, type Operation, type ServerMessage } from "@nexus/protocol"
import { idsOf, panelOf } from "./panel-of.ts"
import type { Sight } from "./sight.ts"

/**
 * What a page of another site is shown. Where it may show one panel, that panel, the panels it reads or holds, and the
 * components of packages it may be made of; where it may show the canvas, all of it. Never what people say about it nor
 * who they are: a change comes without its author and its words, and who is there is not told. It stands behind the
 * narrowing of viewers and takes nothing of it back. A list of what is hidden was refused: of a panel that comes
 * tomorrow it would know nothing.
 */
export interface Embedded extends Pick<Sight, "graph" | "message"> {}

const SOMEBODY: Actor = { kind: "handler", id: "hidden", name: "Somebody" }
const NEVER: ReadonlySet<Entity["kind"]> = new Set(["comment", "user"])
const MADE_OF: ReadonlySet<Entity["kind"]> = new Set(["package", "component"])
const READS: ReadonlySet<string> = new Set(["imports", "uses"])

/** `now` is the workspace's own graph, which goes on; `panel` what may be shown of it, else all. */
export function embedded(now: Graph, panel: string | undefined, base: () => Sight | undefined): Embedded {
  const panelsOf = () => (panel === undefined ? undefined : withThoseItReads(now, panel, base()?.hidden))
  let panels = panelsOf()
  let shown = new Set<string>()
  const isShown = ({ id, kind, scope }: Entity): boolean => {
    if (NEVER.has(kind)) return false
    if (panels === undefined || kind === "workspace" || MADE_OF.has(kind)) return true
    return panels.has(id) || (kind !== "panel" && shown.has(scope) && panels.has(panelOf(now, scope) ?? scope))
  }
  /** A panel's name says enough; how the workspace around it is called is not its reader's business. */
  const told = (entity: Entity): Entity => {
    if (entity.kind !== "workspace") return entity
    return { ...entity, name: panels === undefined ? entity.name : "", properties: {} }
  }
  const passes = (operation: Operation): boolean => {
    if (operation.kind === "entity_add") {
      if (!isShown(operation.entity)) return false
      shown.add(operation.entity.id)
      return true
    }
    const { changed, pointed } = idsOf(operation)
    if (panels !== undefined && changed.some((id) => now.entity(id)?.kind === "workspace")) return false
    return [...changed, ...pointed].every((id) => shown.has(id))
  }
  const change = (whole: Change): Change => ({
    ...whole,
    operations: whole.operations.filter(passes),
    cause: { actor: SOMEBODY, reason: "changed what is shown" },
  })
  return {
    graph(graph) {
      const seen = base()?.graph(graph) ?? graph
      panels = panelsOf()
      shown = new Set()
      const entities: Entity[] = []
      const take = (scope: string): void => {
        for (const entity of seen.within(scope)) {
          if (!isShown(entity)) continue
          shown.add(entity.id)
          entities.push(told(entity))
          take(entity.id)
        }
      }
      take("")
      const relationships = [...seen.relationships()].filter(({ from, to }) => shown.has(from) && shown.has(to))
      return Graph.fromSnapshot({ entities, relationships })
    },
    message(message: ServerMessage): ServerMessage | undefined {
      const sight = base()
      const heard = sight ? sight.message(message) : message
      if (heard?.kind !== "change") return undefined
      const { change: whole } = heard
      // Where it reads others now, the page begins anew with those.
      if (panels && !isSame(panels, panelsOf())) return { kind: "resync", workspace: whole.workspace }
      return { ...heard, change: change(whole) }
    },
  }
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string> | undefined): boolean {
  return b !== undefined && a.size === b.size && a.isSubsetOf(b)
}

/** The panel, and those whose values it imports or that it holds in itself, however far that goes. */
function withThoseItReads(graph: Graph, panel: string, hidden: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const found = new Set<string>()
  const open = graph.panel(panel) ? [panel] : []
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id) || hidden.has(id)) continue
    found.add(id)
    for (const { kind, to } of graph.outgoing(id)) {
      const other = READS.has(kind) ? panelOf(graph, to) : undefined
      if (other !== undefined) open.push(other)
    }
  }
  return found
}
