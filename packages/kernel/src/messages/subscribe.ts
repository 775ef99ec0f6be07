import {
  type Change,
  type ClientMessageOf,
  encodeMessage,
  type ServerMessage,
  type ServerMessageOf,
} from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import { embedded } from "../narrowing/embedded.ts"
import type { Sight } from "../narrowing/sight.ts"
import type { Workspace } from "../workspace/workspace.ts"
import type { MessageContext } from "./context.ts"
import { requireRole } from "./require-role.ts"

/** A gap longer than this is never worth sending change by change. */
const MOST_CHANGES = 2000
/** Fewer bytes than any entity takes on the wire: with it most snapshots are known to be the longer without being made. */
const ENTITY_BYTES = 40

/**
 * Brings the client to now, by the changes since or a snapshot, whichever is shorter, and keeps it there. Where panels
 * were ever hidden, and for pages of other sites, always by a snapshot: a mirror of yesterday may hold what is hidden
 * now, or lack what no longer is.
 */
export async function onSubscribe(
  context: MessageContext,
  session: Session,
  { workspace: id, since }: ClientMessageOf<"subscribe">,
): Promise<void> {
  const { identity, role, own } = await requireRole(context, session, id, "viewer")
  const workspace = await context.workspaces.open(id)
  const { embed } = identity
  const anew = workspace.narrowing.hid || embed !== undefined
  const older = since === undefined || anew ? undefined : await olderChanges(workspace, since)
  // From here to `follow` nothing waits: no change can pass between what is sent and what will be heard.
  const rest = older && workspace.recent(older.reached)
  const missed = older && rest ? [...older.changes, ...rest] : undefined
  const who = { user: identity.user.id, role: own }
  const narrowed = () => workspace.narrowing.sightOf(who)
  const shown = embed && embedded(workspace.graph, embed.panel, narrowed)
  const sight = shown ?? narrowed()
  const may = { role, narrowed: workspace.narrowing.lessFor(who) }
  for (const message of catchUp(workspace, may, sight, missed)) session.send(message)
  session.follow(workspace, own, identity, shown)
}

/** What has to come from the journal, because memory does not reach back that far. `undefined`: too much, or nonsense. */
async function olderChanges(
  workspace: Workspace,
  since: number,
): Promise<{ changes: readonly Change[]; reached: number } | undefined> {
  if (since > workspace.seq || workspace.seq - since > MOST_CHANGES) return undefined
  if (workspace.recent(since)) return { changes: [], reached: since }
  const changes = await workspace.changes(since, MOST_CHANGES)
  const told = changes.filter(({ seq }) => seq <= workspace.seq)
  return { changes: told, reached: told[told.length - 1]?.seq ?? since }
}

function catchUp(
  workspace: Workspace,
  may: Pick<ServerMessageOf<"subscribed">, "role" | "narrowed">,
  sight: Pick<Sight, "graph"> | undefined,
  missed: readonly Change[] | undefined,
): ServerMessage[] {
  const { id, seq } = workspace
  const graph = sight ? sight.graph(workspace.graph) : workspace.graph
  const snapshot = (): ServerMessage => ({
    kind: "snapshot",
    workspace: id,
    ...may,
    snapshot: { workspace: id, seq, ...graph.toSnapshot() },
  })
  if (!missed) return [snapshot()]
  const changes = missed.map((change): ServerMessage => ({ kind: "change", change }))
  const bytes = changes.reduce((sum, message) => sum + encodeMessage(message).byteLength, 0)
  if (graph.size * ENTITY_BYTES < bytes) {
    const whole = snapshot()
    if (encodeMessage(whole).byteLength < bytes) return [whole]
  }
  return [...changes, { kind: "subscribed", workspace: id, ...may, seq }]
}
