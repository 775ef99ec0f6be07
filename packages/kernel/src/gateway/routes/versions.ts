import { Entity, endpoints, Graph, Relationship } from "@nexus/protocol"
import * as z from "zod"
import type { Identity } from "../../accounts/accounts.ts"
import type { Asker } from "../../versions/version-work.ts"
import type { WorkspaceVersions } from "../../versions/workspace-versions.ts"
import { actorOf, type Routes } from "../call.ts"
import { placeIn, toCursor } from "../pages.ts"
import type { Twin } from "./twin.ts"

/** What TriLog gives of an instant, as far as a commit is made of it. */
const TwinGraph = z.object({
  seq: z.number(),
  entities: z.array(Entity),
  relationships: z.array(Relationship),
})

const HistoryPlace = z
  .tuple([z.string().regex(/^[0-9a-f]{40}$/), z.int().min(1)])
  .transform(([start, skip]) => ({ start, skip }))

/** Git, over HTTP. */
export function versionRoutes(
  routes: Routes,
  { versions, twin }: { readonly versions: WorkspaceVersions; readonly twin: Twin },
): void {
  const { branches, merges, remotes, autoCommits } = versions
  routes.guarded(endpoints.commitWorkspace, async ({ body, identity }) =>
    versions.commit({
      workspace: body.workspace,
      by: identity.user,
      ...(body.message ? { message: body.message } : {}),
    }),
  )
  routes.guarded(endpoints.checkoutWorkspace, async (call) =>
    versions.checkout({ workspace: call.body.workspace, ref: call.body.ref, asker: askerOf(call) }),
  )
  routes.guarded(endpoints.listHistory, async ({ query: { workspace, cursor, ...asked } }) => {
    const { commits, next } = await versions.history(workspace, { ...asked, at: placeIn(cursor, HistoryPlace) })
    return { commits: [...commits], ...(next ? { next: toCursor([next.start, next.skip]) } : {}) }
  })
  routes.guarded(endpoints.readVersion, async ({ query }) => {
    const { commit, panels } = await versions.read(query.workspace, query.ref)
    const listed = [...panels].map(([id, { title, source, frame, state }]) => ({ id, title, source, frame, state }))
    return { ...(commit ? { commit } : {}), panels: listed }
  })
  routes.guarded(endpoints.diffVersions, async ({ query }) => {
    const { differences, ...rest } = await versions.diff(query.workspace, query)
    return { ...rest, differences: [...differences] }
  })
  routes.guarded(endpoints.diffText, async ({ query }) => ({
    files: [...(await versions.diffText(query.workspace, query, query.panel))],
  }))

  routes.guarded(endpoints.mergeBranch, (call) => merges.merge({ ...call.body, asker: askerOf(call) }))
  routes.guarded(endpoints.revertCommit, (call) => merges.revert({ ...call.body, asker: askerOf(call) }))

  routes.guarded(endpoints.listBranches, ({ query }) => branches.list(query.workspace))
  routes.guarded(endpoints.createBranch, (call) =>
    branches.create(call.body.workspace, { kind: "branch", name: call.body.name }, call.body.from, askerOf(call)),
  )
  routes.guarded(endpoints.branchMoment, async (call) => {
    const { workspace, name, at } = call.body
    const then = TwinGraph.parse(await twin.workspaceAt(workspace, at))
    const past = { graph: Graph.fromSnapshot(then), seq: then.seq, atMs: at }
    return branches.createPast(workspace, name, past, askerOf(call))
  })
  routes.guarded(endpoints.deleteBranch, ({ query }) =>
    branches.remove(query.workspace, { kind: "branch", name: query.name }),
  )
  routes.guarded(endpoints.switchBranch, (call) =>
    branches.switchTo(call.body.workspace, call.body.branch, askerOf(call)),
  )
  routes.guarded(endpoints.createTag, (call) =>
    branches.create(call.body.workspace, { kind: "tag", name: call.body.name }, call.body.ref, askerOf(call)),
  )
  routes.guarded(endpoints.deleteTag, ({ query }) =>
    branches.remove(query.workspace, { kind: "tag", name: query.name }),
  )

  routes.guarded(endpoints.readAutoCommit, ({ params }) => autoCommits.read(params.workspace))
  routes.guarded(endpoints.setAutoCommit, ({ params, body }) => autoCommits.set(params.workspace, body.autoCommit))

  routes.guarded(endpoints.listRemotes, ({ query }) => remotes.list(query.workspace))
  routes.guarded(endpoints.setRemote, ({ params, body }) => remotes.set(body.workspace, params.name, body))
  routes.guarded(endpoints.readHostKeys, async ({ query }) => ({
    keys: (await remotes.hostKeys(query.url)).map(({ kind, fingerprint }) => ({ kind, fingerprint })),
  }))
  routes.guarded(endpoints.removeRemote, async ({ params, query }) => {
    await remotes.remove(query.workspace, params.name)
    return {}
  })
  routes.guarded(endpoints.pushBranch, ({ body }) => remotes.push(body))
  routes.guarded(endpoints.pullBranch, (call) => remotes.pull({ ...call.body, asker: askerOf(call) }))
}

export function askerOf(call: { readonly identity: Identity; readonly traceId: string }): Asker {
  return { person: actorOf(call.identity), traceId: call.traceId }
}
