import {
  type Actor,
  type Cause,
  covers,
  type Failure,
  type Graph,
  isCommentOperation,
  NexusError,
  type Operation,
  type PanelEntity,
  type PanelLevel,
  parseCapability,
} from "@nexus/protocol"
import { reaches } from "../accounts/panel-level.ts"
import { idsOf, panelOf } from "./panel-of.ts"

/** The person who answers for a change: who made it, or who said yes to it. A handler's was asked for at its trigger. */
export function personBehind({ actor, approver }: Pick<Cause, "actor" | "approver">): Actor | undefined {
  if (approver) return approver
  return actor.kind === "person" ? actor : undefined
}

export interface NarrowedCheck {
  /** As it is, and as the operations would make it. */
  readonly before: Graph
  readonly after: Graph
  readonly operations: readonly Operation[]
  readonly levelOf: (panel: string) => PanelLevel
  /** The panels that rules are about. */
  readonly narrowed: readonly string[]
}

/**
 * What somebody for whom panels are narrowed may not do. They change nothing of such a panel but what is said about one
 * they see, nor point at one they may not know of. And they are no deputy's master: who may not look into a panel may not write the code of another that
 * reads it (by an import or a right), and who may not run it may neither write the code of one that has the right to call
 * it nor give such a right. What other panels did before, by the word of who may, they go on doing.
 */
export function refuseNarrowed(check: NarrowedCheck): Failure | undefined {
  const { before, after, operations, levelOf } = check
  const owner = (id: string) => panelOf(before, id) ?? panelOf(after, id) ?? id
  for (const operation of operations) {
    const { changed, pointed } = idsOf(operation)
    for (const id of changed) {
      const panel = owner(id)
      const level = levelOf(panel)
      if (level === "hidden") return hiddenFailure(id)
      const talks = isCommentOperation(before, operation)
      if (level !== "change" && !talks && isNarrowed(check, panel)) return narrowedFailure(before, panel)
    }
    for (const id of pointed) if (levelOf(owner(id)) === "hidden") return hiddenFailure(id)
    const coded = codedBy(operation)
    const entity = coded === undefined ? undefined : after.panel(coded)
    const failure = entity && refuseReach(entity, check)
    if (failure) return failure
  }
  return undefined
}

/** Roles are checked before; here it is about what rules take away. */
function isNarrowed({ narrowed }: NarrowedCheck, panel: string): boolean {
  return narrowed.includes(panel)
}

/** The panel whose code or rights an operation writes. */
function codedBy(operation: Operation): string | undefined {
  if (operation.kind === "panel_source" || operation.kind === "panel_grant") return operation.panel
  return operation.kind === "entity_add" && operation.entity.kind === "panel" ? operation.entity.id : undefined
}

/** A panel that this person writes must not reach one that they may not. */
function refuseReach({ id, properties }: PanelEntity, check: NarrowedCheck): Failure | undefined {
  const { after, levelOf, narrowed } = check
  for (const panel of narrowed) {
    const level = levelOf(panel)
    if (panel === id || reaches(level, "run")) continue
    const reachesBy = (type: "panels:read" | "panels:call") => holds(properties.grants, type, panel, after.panel(panel))
    if (reachesBy("panels:call") || (level === "hidden" && reachesBy("panels:read"))) {
      const detail = `"${properties.title}" has a right over a panel that is narrowed for you; only who may use that panel may change this one.`
      return { code: "forbidden", detail }
    }
    if (level === "hidden" && [...after.outgoing(id)].some(({ to }) => panelOf(after, to) === panel)) {
      return { code: "forbidden", detail: `"${properties.title}" would reach what you cannot see.` }
    }
  }
  return undefined
}

function holds(
  grants: readonly string[],
  type: "panels:read" | "panels:call",
  panel: string,
  entity: PanelEntity | undefined,
): boolean {
  const wanted = [panel, ...(entity ? [entity.properties.title] : [])].map((scope) => ({ type, scope }))
  return grants.some((grant) => {
    const granted = parseCapability(grant)
    return granted !== undefined && wanted.some((needed) => covers(granted, needed))
  })
}

/** A hidden panel is not there. */
export function hiddenFailure(id: string): Failure {
  return { code: "not-found", what: "panel", id }
}

export function narrowedFailure(graph: Graph, panel: string, verb = "change"): Failure {
  const title = graph.panel(panel)?.properties.title ?? panel
  return { code: "forbidden", detail: `You may not ${verb} "${title}"; ask an owner of the workspace.` }
}

/** Throws unless `level` is enough. */
export function requireLevel(graph: Graph, panel: string, level: PanelLevel, needed: PanelLevel): void {
  if (reaches(level, needed)) return
  if (level === "hidden") throw new NexusError(hiddenFailure(panel))
  throw new NexusError(narrowedFailure(graph, panel, needed))
}
