import {
  type Actor,
  CommentProperties,
  type Entity,
  type Failure,
  type Graph,
  type JsonObject,
  type Operation,
  type Role,
} from "@nexus/protocol"

/**
 * Who may do what with comments. Whoever may look at a panel may talk about it, viewers too: a word changes nothing of
 * what the panel does. Words are their author's: nobody else edits them, and only an owner takes away what somebody else
 * said. Held where operations come in, so that no page can decide otherwise; a panel that is removed takes its threads
 * along, whoever wrote them, and an undo brings them back.
 */
export interface Commenter {
  readonly actor: Actor
  readonly role: Role | undefined
}

/** `who` is missing where no person stands behind the operations themselves, such as in a proposed patch. */
export function refuseComments(
  graph: Graph,
  operations: readonly Operation[],
  who: Commenter | undefined,
): Failure | undefined {
  const added = new Map<string, Entity>()
  const entity = (id: string) => added.get(id) ?? graph.entity(id)
  for (const operation of operations) {
    if (operation.kind === "entity_add") added.set(operation.entity.id, operation.entity)
    const id = operation.kind === "entity_add" ? operation.entity.id : "id" in operation ? operation.id : ""
    const comment = entity(id)
    if (comment?.kind !== "comment") continue
    if (who?.actor.kind !== "person") return forbidden("Comments are written by people.")
    const failure =
      operation.kind === "entity_add"
        ? refuseAdd(comment, entity)
        : operation.kind === "entity_set"
          ? refuseSet(comment, operation, who, entity)
          : refuseRemove(graph, comment, who)
    if (failure) return failure
  }
  return undefined
}

/**
 * The operations as the kernel can answer for them: who resolved a thread is who asked for it, and what somebody else
 * than its author puts there, as an undo does with what was removed, says so. To refuse it was not chosen: taking back the
 * removal of a panel must not fail because others had talked about it.
 */
export function signComments(
  graph: Graph,
  operations: readonly Operation[],
  { id, name }: Actor,
): readonly Operation[] {
  const self = { id, name }
  return operations.map((operation) => {
    if (operation.kind === "entity_add" && operation.entity.kind === "comment") {
      const { entity } = operation
      const { putBackBy: _said, ...said } = entity.properties
      const signed: JsonObject = authorOf(entity) === id ? { author: self } : { putBackBy: self }
      return { ...operation, entity: { ...entity, properties: { ...said, ...signed } } }
    }
    if (operation.kind !== "entity_set" || graph.entity(operation.id)?.kind !== "comment") return operation
    const resolved = CommentProperties.shape.resolved.safeParse(operation.set?.resolved).data
    if (!operation.set || !resolved) return operation
    return { ...operation, set: { ...operation.set, resolved: { ...resolved, by: self } } }
  })
}

function refuseAdd({ properties, scope }: Entity, entity: (id: string) => Entity | undefined): Failure | undefined {
  const failure = refuseShape(properties)
  if (failure) return failure
  const about = entity(scope)
  const answers = about?.kind === "comment"
  if (answers && entity(about.scope)?.kind === "comment") {
    return {
      code: "invalid-input",
      detail: "an answer is given to the first comment of a thread",
      path: "entity.scope",
    }
  }
  if (answers && (properties.resolved !== undefined || properties.place !== undefined)) {
    return { code: "invalid-input", detail: "only the first comment of a thread has this", path: "entity.properties" }
  }
  const fits = answers || about === undefined || about.kind === "panel" || about.kind === "workspace"
  const detail = "a comment is about the workspace, a panel or another comment"
  return fits ? undefined : { code: "invalid-input", detail, path: "entity.scope" }
}

/** What anybody who may comment decides about a thread, and what is its author's alone. */
const SHARED = new Set(["resolved"])
const KEPT = new Set(["author", "at", "putBackBy"])

function refuseSet(
  comment: Entity,
  { name, set = {}, unset = [] }: Extract<Operation, { kind: "entity_set" }>,
  { actor, role }: Commenter,
  entity: (id: string) => Entity | undefined,
): Failure | undefined {
  const own = authorOf(comment) === actor.id
  const names = [...Object.keys(set), ...unset]
  const kept = names.find((one) => KEPT.has(one))
  if (kept) return forbidden(`"${kept}" of a comment stays as it is.`)
  if (!own && (name !== undefined || names.some((one) => !SHARED.has(one)))) {
    return forbidden("Only who wrote a comment changes its words. Answer it instead.")
  }
  if (names.includes("resolved")) {
    if (entity(comment.scope)?.kind === "comment") return forbidden("A thread is resolved at its first comment.")
    if (role === "viewer" && !own) return forbidden("A viewer resolves the threads they began.")
  }
  const after = Object.fromEntries(
    Object.entries({ ...comment.properties, ...set }).filter(([one]) => !unset.includes(one)),
  )
  return refuseShape(after)
}

function refuseRemove(graph: Graph, comment: Entity, { actor, role }: Commenter): Failure | undefined {
  if (role === "owner") return undefined
  if (authorOf(comment) !== actor.id) return forbidden("Only who wrote a comment, or an owner, deletes it.")
  const others = [...graph.within(comment.id)].some((answer) => authorOf(answer) !== actor.id)
  return others ? forbidden("Others have answered; resolve the thread instead.") : undefined
}

function refuseShape(properties: object): Failure | undefined {
  const read = CommentProperties.safeParse(properties)
  if (read.success) return undefined
  const [issue] = read.error.issues
  const path = ["entity", "properties", ...(issue?.path ?? [])].join(".")
  return { code: "invalid-input", detail: issue?.message ?? "no comment", path }
}

function authorOf({ properties }: Entity): string | undefined {
  return CommentProperties.shape.author.safeParse(properties.author).data?.id
}

function forbidden(detail: string): Failure {
  return { code: "forbidden", detail }
}
