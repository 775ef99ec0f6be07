import {
  type Actor,
  type Change,
  createId,
  Failure,
  NexusError,
  type Operation,
  type Patch,
  type PatchProposal,
  type PatchReview,
  type PatchStatus,
  type Rejection,
  reject,
} from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"
import { refuseSubmission } from "../workspace/rules.ts"
import type { Prepared, Workspace } from "../workspace/workspace.ts"
import type { Workspaces } from "../workspace/workspaces.ts"
import { patchOf } from "./patch-row.ts"
import { addedCapabilities, previewOf } from "./preview.ts"
import { planRevert } from "./revert.ts"

/**
 * Proposals that wait for a person. A patch is tried in a fork when it is proposed and again whenever it is looked at;
 * accepting it makes one change whose actor is the author and whose approver is the person. The patch's id is the
 * change's submission id, so accepting twice, even across a crash, changes the workspace once. A patch can say anything
 * but a grant: rights come from people, one by one.
 */
export interface Patches {
  propose(proposal: PatchProposal, by: Actor): Promise<PatchReview>
  /** Newest first, at most 200. */
  list(workspace: string, status?: PatchStatus): Promise<readonly Patch[]>
  find(id: string): Promise<Patch>
  /** The patch with what it would do now, while it is pending. */
  review(id: string): Promise<PatchReview>
  /** `operations` are indexes into the patch's list; without them, all. Throws what made it impossible. */
  accept(id: string, by: Acceptance): Promise<{ readonly patch: Patch; readonly change: Change }>
  reject(id: string, by: Actor): Promise<Patch>
  /** Takes an accepted patch back; `operation-conflict` where later changes overlap. */
  revert(id: string, by: { readonly person: Actor; readonly traceId: string }): Promise<Change>
}

export interface Acceptance {
  readonly approver: Actor
  readonly traceId: string
  readonly operations?: readonly number[] | undefined
}

const LISTED = 200

export function createPatches(database: Database, workspaces: Workspaces, clock: () => number): Patches {
  const find = async (id: string): Promise<Patch> => {
    const row = await database.patch.findUnique({ where: { id } })
    if (row) return patchOf(row)
    throw new NexusError({ code: "not-found", what: "patch", id })
  }
  /** Moves a patch on from pending; nothing happens when somebody else has. */
  const decide = async (id: string, status: PatchStatus, by: Actor, more: { seq?: number; failure?: string } = {}) => {
    const data = { status, decidedBy: by.id, decidedAt: BigInt(clock()), ...more }
    const { count } = await database.patch.updateMany({ where: { id, status: "pending" }, data })
    return count === 1
  }
  const refuseDecided = ({ status }: Patch) => {
    if (status === "pending") return
    throw new NexusError({ code: "conflict", detail: `This patch is ${status} already.` })
  }

  return {
    find,

    async propose({ workspace: id, base, reason, operations, author }, by) {
      refuseGrants(operations)
      const workspace = await workspaces.open(id)
      if (base > workspace.seq) {
        const detail = `the workspace is at ${workspace.seq}; a patch cannot be made against a later change`
        throw new NexusError({ code: "invalid-input", detail, path: "base" })
      }
      const prepared = tried(workspace, operations)
      if (!prepared.ok) throw new NexusError(prepared.failure)
      const patch: Patch = {
        id: createId("patch"),
        workspace: id,
        base,
        author: author === "ai" ? { kind: "ai", id: "assistant", name: "Assistant" } : by,
        reason,
        operations: [...operations],
        capabilities: addedCapabilities(workspace.graph, prepared.graph),
        status: "pending",
        createdAt: clock(),
      }
      await database.patch.create({
        data: {
          id: patch.id,
          workspaceId: id,
          base,
          author: JSON.stringify(patch.author),
          reason,
          operations: JSON.stringify(operations),
          capabilities: JSON.stringify(patch.capabilities),
          status: patch.status,
          createdAt: BigInt(patch.createdAt),
        },
      })
      return { patch, preview: previewOf(workspace.graph, prepared.graph, prepared.operations) }
    },

    async list(workspaceId, status) {
      const where = { workspaceId, ...(status ? { status } : {}) }
      const rows = await database.patch.findMany({
        where,
        orderBy: [{ createdAt: "desc" }, { id: "asc" }],
        take: LISTED,
      })
      return rows.map(patchOf)
    },

    async review(id) {
      const row = await database.patch.findUnique({ where: { id } })
      if (!row) throw new NexusError({ code: "not-found", what: "patch", id })
      const patch = patchOf(row)
      if (patch.status !== "pending") {
        return { patch, ...(row.failure ? { failure: Failure.parse(JSON.parse(row.failure)) } : {}) }
      }
      const workspace = await workspaces.open(patch.workspace)
      const prepared = tried(workspace, patch.operations)
      if (!prepared.ok) return { patch, failure: prepared.failure }
      return { patch, preview: previewOf(workspace.graph, prepared.graph, prepared.operations) }
    },

    async accept(id, { approver, traceId, operations: chosen }) {
      const patch = await find(id)
      refuseDecided(patch)
      const workspace = await workspaces.open(patch.workspace)
      const operations = chosen ? choose(patch.operations, chosen) : patch.operations
      const cause = { actor: patch.author, reason: patch.reason.slice(0, 400), traceId, approver, patch: id }
      let change: Change
      try {
        const refusal = refuseSubmission(workspace.graph, workspace.id, operations)
        if (refusal) throw new NexusError(refusal)
        change = await workspace.commit({ submission: id, cause, operations })
      } catch (error) {
        const failure = error instanceof NexusError ? error.failure : undefined
        // A choice that does not stand alone says nothing about the whole; an unavailable journal says nothing at all.
        const final = failure && !chosen && failure.code !== "unavailable" && failure.code !== "lease-lost"
        if (final) await decide(id, "conflicted", approver, { failure: JSON.stringify(failure) })
        throw error
      }
      await decide(id, "accepted", approver, { seq: change.seq })
      return { patch: await find(id), change }
    },

    async reject(id, by) {
      refuseDecided(await find(id))
      await decide(id, "rejected", by)
      const patch = await find(id)
      if (patch.status !== "rejected") refuseDecided(patch)
      return patch
    },

    async revert(id, { person, traceId }) {
      const patch = await find(id)
      if (patch.status !== "accepted" || patch.seq === undefined) {
        throw new NexusError({ code: "conflict", detail: "Only an accepted patch can be taken back." })
      }
      const workspace = await workspaces.open(patch.workspace)
      const submission = `${id}.revert`
      const plan = await planRevert(workspace, patch.seq, submission)
      if ("done" in plan) return plan.done
      const reason = `took back: ${patch.reason}`.slice(0, 400)
      const cause = { actor: person, reason, traceId, parent: patch.seq, patch: id }
      return workspace.commit({ submission, cause, operations: plan.operations })
    },
  }
}

/** A dry run, under the rules that hold for everybody's submissions. */
function tried(workspace: Workspace, operations: readonly Operation[]): Prepared | Rejection {
  const refusal = refuseSubmission(workspace.graph, workspace.id, operations)
  return refusal ? reject(refusal) : workspace.prepare(operations)
}

function refuseGrants(operations: readonly Operation[]): void {
  const index = operations.findIndex(
    (operation) =>
      operation.kind === "panel_grant" ||
      (operation.kind === "entity_add" &&
        Array.isArray(operation.entity.properties.grants) &&
        operation.entity.properties.grants.length > 0),
  )
  if (index < 0) return
  const detail = "a patch grants no capability; declare it in the panel and let a person grant it"
  throw new NexusError({ code: "invalid-input", detail, path: `operations.${index}` })
}

function choose(operations: readonly Operation[], indexes: readonly number[]): readonly Operation[] {
  return [...new Set(indexes)]
    .sort((a, b) => a - b)
    .map((index) => {
      const operation = operations[index]
      if (operation) return operation
      const detail = `the patch has ${operations.length} operations; there is none at ${index}`
      throw new NexusError({ code: "invalid-input", detail, path: "operations" })
    })
}
