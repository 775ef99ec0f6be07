import {
  type AuditDetail,
  endpoints,
  type Graph,
  type ListedWorkspace,
  NexusError,
  type Role,
  type ShareAnswer,
  WorkspaceSummary,
} from "@nexus/protocol"
import type { Request } from "express"
import type { Accounts, Share } from "../../accounts/accounts.ts"
import { roleUnder } from "../../accounts/scopes.ts"
import type { Audit } from "../../audit/audit.ts"
import type { WorkspaceVersions } from "../../versions/workspace-versions.ts"
import type { Workspace } from "../../workspace/workspace.ts"
import type { Workspaces } from "../../workspace/workspaces.ts"
import { actorOf, auditOf, causeOf, type Routes } from "../call.ts"
import { embedPath } from "../embed-page.ts"
import { requireMatch } from "../etag.ts"
import { askAlso, ownerOf } from "../owner.ts"
import { askerOf } from "./versions.ts"

/** What a list tells of each: enough to know it again. */
const SHOWN_PEOPLE = 5
const SHOWN_PANELS = 40
const DAY_MS = 24 * 60 * 60 * 1000

export interface WorkspaceRouteParts {
  readonly accounts: Accounts
  readonly audit: Audit
  readonly workspaces: Workspaces
  readonly versions: WorkspaceVersions
  readonly clock: () => number
  readonly url: () => string
  readonly allowsOrigin: (origin: string) => boolean
  /** Removes what was recorded about a workspace that is gone; nobody waits for it. */
  readonly forget: (workspace: string) => void
}

/** Workspaces, who may do what in them, and the links that let people in. */
export function workspaceRoutes(
  routes: Routes,
  { accounts, audit, workspaces, versions, clock, url, allowsOrigin, forget }: WorkspaceRouteParts,
): void {
  const summary = async (id: string, role: Role, user: string) => {
    const workspace = await workspaces.open(id)
    const { graph } = await workspace.seenBy(user)
    return summaryOf(workspace, graph, role)
  }
  /** In a list workspaces of many kernels stand together: each is asked of its own, which tells no more than its summary. */
  const listed = async (id: string, role: Role, user: string, request: Request): Promise<ListedWorkspace> => {
    const members = await accounts.membersOf(id)
    const people = members.slice(0, SHOWN_PEOPLE).map(({ user: { id, name } }) => ({ id, name }))
    const who = { members: members.length, people }
    try {
      const workspace = await workspaces.open(id)
      const { graph } = await workspace.seenBy(user)
      return { ...summaryOf(workspace, graph, role), ...who, sketch: sketchOf(graph) }
    } catch (error) {
      const owner = ownerOf(error, request.headers)
      if (owner === undefined) throw error
      const answer = await askAlso(owner, `/api/v1/workspaces/${encodeURIComponent(id)}`, request)
      return { ...WorkspaceSummary.parse(answer), ...who, sketch: [] }
    }
  }

  routes.guarded(endpoints.listWorkspaces, async ({ identity, request }) => {
    const memberships = await accounts.workspacesOf(identity.user.id)
    const seen = memberships.flatMap(({ workspace, role: own }) => {
      const role = roleUnder(identity, workspace, own)
      return role ? [{ workspace, role }] : []
    })
    return {
      workspaces: await Promise.all(
        seen.map(({ workspace, role }) => listed(workspace, role, identity.user.id, request)),
      ),
    }
  })
  routes.guarded(endpoints.createWorkspace, async (call) => {
    const { identity, body } = call
    const id = call.newId("ws")
    const workspace = await workspaces.create(id, body.name, actorOf(identity))
    if (!(await accounts.roleOf(identity.user.id, id))) await accounts.addWorkspace(id, identity.user.id)
    await audit.record({ ...auditOf(call), action: "workspace.created", workspace: id })
    return summaryOf(workspace, workspace.graph, "owner")
  })
  routes.guarded(endpoints.importRepository, async (call) => {
    const { identity, body } = call
    const id = call.newId("ws")
    if (await accounts.roleOf(identity.user.id, id)) return summary(id, "owner", identity.user.id)
    try {
      const copied = await versions.remotes.copy(id, body)
      const workspace = await workspaces.create(id, body.name, actorOf(identity))
      await copied.open(workspace, askerOf(call))
      await accounts.addWorkspace(id, identity.user.id)
      await audit.record({ ...auditOf(call), action: "workspace.created", workspace: id })
      return summaryOf(workspace, workspace.graph, "owner")
    } catch (error) {
      await versions.forget(id)
      throw error
    }
  })
  routes.guarded(endpoints.getWorkspace, async ({ params, identity, require }) =>
    summary(params.workspace, await require(params.workspace, "viewer"), identity.user.id),
  )
  routes.guarded(endpoints.renameWorkspace, async (call) => {
    const { params, body, require } = call
    const role = await require(params.workspace, "editor")
    const workspace = await workspaces.open(params.workspace)
    requireMatch(call.request, await summary(params.workspace, role, call.identity.user.id))
    await workspace.commit({
      submission: call.newId("sub"),
      cause: causeOf(call, `renamed the workspace to ${body.name}`),
      operations: [{ kind: "entity_set", id: params.workspace, name: body.name }],
    })
    return summary(params.workspace, role, call.identity.user.id)
  })
  routes.guarded(endpoints.deleteWorkspace, async (call) => {
    const { params, request } = call
    if (request.get("if-match") !== undefined)
      requireMatch(request, await summary(params.workspace, "owner", call.identity.user.id))
    const members = await accounts.membersOf(params.workspace)
    await accounts.removeWorkspace(params.workspace)
    const audience = workspaces.get(params.workspace)?.audience
    for (const { user } of members) audience?.setRole(user.id, undefined)
    await workspaces.release(params.workspace)
    forget(params.workspace)
    await audit.record({ ...auditOf(call), action: "workspace.deleted", workspace: params.workspace })
    return {}
  })

  routes.guarded(endpoints.listMembers, async ({ params }) => ({
    members: [...(await accounts.membersOf(params.workspace))],
  }))
  routes.guarded(endpoints.setMember, async (call) => {
    const { workspace, user } = call.params
    const { role } = call.body
    await accounts.setMember(workspace, user, role)
    workspaces.get(workspace)?.audience.setRole(user, role)
    await audit.record({ ...auditOf(call), action: "member.role-set", workspace, target: user, detail: { role } })
    return {}
  })
  routes.guarded(endpoints.removeMember, async (call) => {
    const { workspace, user } = call.params
    // To leave is the person's own act; their keys only manage members.
    if (user !== call.identity.user.id || call.identity.key) await call.require(workspace, "owner")
    await accounts.removeMember(workspace, user)
    workspaces.get(workspace)?.audience.setRole(user, undefined)
    await audit.record({ ...auditOf(call), action: "member.removed", workspace, target: user })
    return {}
  })

  routes.guarded(endpoints.listShares, async ({ params }) => ({
    shares: (await accounts.sharesOf(params.workspace)).map(answerOf),
  }))
  routes.guarded(endpoints.createShare, async (call) => {
    const { params, body, identity, request } = call
    // The studio that asks knows the address people reach it at better than the port we listen on.
    const origin = request.get("origin")
    const base = origin !== undefined && allowsOrigin(origin) ? origin : url()
    const share = await accounts.createShare({
      workspace: params.workspace,
      role: body.role,
      by: identity.user.id,
      expiresAt: clock() + body.expiresInDays * DAY_MS,
      embedHosts: body.embedHosts,
      embedPanel: body.embedPanel,
    })
    await audit.record({
      ...auditOf(call),
      action: "share.created",
      workspace: params.workspace,
      target: share.id,
      detail: { role: share.role, expiresAt: share.expiresAt, ...sitesOf(share) },
    })
    const path = share.embedHosts ? embedPath(share) : `/#/join/${share.code}`
    return { ...answerOf(share), url: `${base}${path}` }
  })
  routes.guarded(endpoints.revokeShare, async (call) => {
    const { workspace, share } = call.params
    await accounts.revokeShare(workspace, share)
    await audit.record({ ...auditOf(call), action: "share.revoked", workspace, target: share })
    const came = call.query.people === "leave" ? await accounts.cameBy(workspace, share) : []
    for (const { user, role } of came) {
      if (role === "owner") continue
      await accounts.removeMember(workspace, user.id)
      workspaces.get(workspace)?.audience.setRole(user.id, undefined)
      await audit.record({ ...auditOf(call), action: "member.removed", workspace, target: user.id, detail: { share } })
    }
    return {}
  })
  routes.guarded(endpoints.joinShare, async (call) => {
    const { params, identity } = call
    const joined = await accounts.joinShare(params.code, identity.user.id)
    workspaces.get(joined.workspace)?.audience.setRole(identity.user.id, joined.role)
    await audit.record({
      ...auditOf(call),
      action: "share.joined",
      workspace: joined.workspace,
      target: identity.user.id,
      detail: { role: joined.role },
    })
    return joined
  })
}

export function summaryOf({ id, seq }: Workspace, graph: Graph, role: Role): WorkspaceSummary {
  const root = graph.entity(id)
  if (!root) throw new NexusError({ code: "not-found", what: "workspace", id })
  return { id, name: root.name, role, seq, panels: [...graph.panels()].length }
}

function answerOf({ people, embedHosts, ...share }: Share): ShareAnswer {
  return { ...share, people: [...people], ...(embedHosts ? { embedHosts: [...embedHosts] } : {}) }
}

/** Some words for the log. */
function sitesOf({ embedHosts }: Share): AuditDetail {
  return embedHosts ? { sites: embedHosts.join(" ").slice(0, 400) } : {}
}

function sketchOf(graph: Graph): ListedWorkspace["sketch"] {
  const panels = [...graph.panels()].slice(0, SHOWN_PANELS)
  return panels.map(({ properties: { frame, title } }) => ({ ...frame, title }))
}
