import {
  apply,
  deriveOperations,
  type Failure,
  type Graph,
  isDerivedKind,
  type Operation,
  type Panel,
  type PanelEntity,
  type Rejection,
  reject,
  usedBy,
} from "@nexus/protocol"
import { refuseComponents } from "./package-rules.ts"
import type { Sources } from "./sources.ts"

/**
 * `apply`, and what follows from it: when a list of operations touches a panel's source, the operations that bring the
 * derived part of the graph in line join the list. A source with errors or a circle of imports refuses it all. Whoever
 * made the list (a person, Git, an undo that carries yesterday's derived operations) the result is the same, because
 * derivation is a difference to what is there.
 */
export interface Advanced {
  readonly ok: true
  /** The whole list, derived operations included. */
  readonly operations: readonly Operation[]
}

/** Advances `graph` by `operations` and what follows from them, all or nothing. */
export function advance(graph: Graph, operations: readonly Operation[], sources: Sources): Advanced | Rejection {
  const applied = apply(graph, operations)
  if (!applied.ok) return applied
  const refused = refuseComponents(graph, operations, sources)
  if (refused) return takeBack(graph, applied.inverse, refused)
  const changed = changedPanels(graph, operations, applied.inverse)
  if (changed.ids.size === 0 && changed.components.size === 0) {
    const failure = undeclaredState(graph, operations, sources)
    return failure ? takeBack(graph, applied.inverse, failure) : { ok: true, operations }
  }

  const all = [...operations]
  const inverses = [applied.inverse]
  const refuse = (failure: Failure) => takeBack(graph, inverses.toReversed().flat(), failure)
  const derive = (entity: PanelEntity, panel: Panel): Failure | undefined => {
    const derived = deriveOperations(graph, entity.id, panel)
    const result = apply(graph, derived)
    if (!result.ok) return result.failure
    all.push(...derived)
    inverses.push(result.inverse)
    return undefined
  }

  for (const id of changed.ids) {
    const entity = graph.panel(id)
    if (!entity) continue
    const panel = sources.check(graph, entity)
    if ("code" in panel) return refuse(panel)
    const failure = derive(entity, panel) ?? sources.checkImports(graph, entity, panel)
    if (failure) return refuse(failure)
    changed.names.add(panel.title)
  }
  // Panels that name one of these may see names that came, went or now belong to another.
  for (const entity of [...graph.panels()]) {
    const panel = sources.of(entity)
    if (!panel || !namesOneOf(panel, changed)) continue
    const failure = derive(entity, panel)
    if (failure) return refuse(failure)
  }
  return { ok: true, operations: all }
}

interface ChangedPanels {
  /** Panels whose source or derived part was touched. */
  readonly ids: Set<string>
  /** Ids and titles, old and new, under which an import may mean one of them. */
  readonly names: Set<string>
  /** Components of packages that came, went or changed. */
  readonly components: Set<string>
}

/** Does the panel import or show one of the changed panels, or use one of the changed components? */
function namesOneOf(panel: Panel, { names, components }: ChangedPanels): boolean {
  if (panel.imports.some((declared) => names.has(declared.panel))) return true
  const used = usedBy(panel)
  return used.panels.some((name) => names.has(name)) || used.components.some((name) => components.has(name))
}

function changedPanels(graph: Graph, operations: readonly Operation[], inverse: readonly Operation[]): ChangedPanels {
  const ids = new Set<string>()
  const names = new Set<string>()
  const components = new Set<string>()
  // What was removed stands in the inverse alone; a first write to a state has `state_unset` there, which says nothing.
  for (const operation of [...operations, ...inverse.filter(saysMore)]) {
    if (operation.kind === "entity_add" && operation.entity.kind === "component") components.add(operation.entity.name)
    const panel = panelOf(graph, operation)
    if (!panel) continue
    ids.add(panel)
    names.add(panel)
    if (operation.kind === "panel_source") names.add(operation.title)
    if (operation.kind === "entity_add" && operation.entity.kind === "panel") names.add(operation.entity.name)
  }
  return { ids, names, components }
}

/**
 * Does an inverse say something that its operations do not? A `uses` edge that went with its other end does not bear on
 * the panel: it is told by that end, and a source that was accepted is not judged again.
 */
function saysMore(operation: Operation): boolean {
  if (operation.kind === "relationship_add") return operation.relationship.kind !== "uses"
  return operation.kind !== "state_unset"
}

/** The panel whose declarations this operation bears on. */
function panelOf(graph: Graph, operation: Operation): string | undefined {
  switch (operation.kind) {
    case "panel_source":
      return operation.panel
    case "entity_add":
      if (operation.entity.kind === "panel") return operation.entity.id
      return isDerivedKind(operation.entity.kind) ? operation.entity.scope : undefined
    case "entity_set": {
      const entity = graph.entity(operation.id)
      return entity && isDerivedKind(entity.kind) ? entity.scope : undefined
    }
    case "relationship_add": {
      const { from, properties } = operation.relationship
      if (properties.derived !== true) return undefined
      return graph.panel(from)?.id ?? graph.entity(from)?.scope
    }
    case "state_unset":
      return operation.path.length === 1 ? operation.panel : undefined
    default:
      return undefined
  }
}

/** A write to a state that the panel does not declare as shared would be kept by nobody's rules: refused. */
function undeclaredState(graph: Graph, operations: readonly Operation[], sources: Sources): Failure | undefined {
  for (const operation of operations) {
    if (operation.kind !== "state_set" && operation.kind !== "state_splice") continue
    const entity = graph.panel(operation.panel)
    const panel = entity && sources.of(entity)
    const name = operation.path[0]
    const state = panel?.states.find((declared) => declared.name === name)
    if (state?.scope === "document" && !state.secret) continue
    const known = panel?.states.map((declared) => declared.name).join(", ") || "none"
    return {
      code: "invalid-input",
      detail: state
        ? `"${state.name}" is ${state.secret ? "secret" : "each viewer's own"} and is not kept with the panel`
        : `the panel declares no state "${String(name)}"; it has ${known}`,
      path: `${operation.kind}.path`,
    }
  }
  return undefined
}

function takeBack(graph: Graph, inverse: readonly Operation[], failure: Failure): Rejection {
  const back = apply(graph, inverse)
  if (!back.ok) throw new Error(`the inverse did not apply: ${JSON.stringify(back.failure)}`)
  return reject(failure)
}
