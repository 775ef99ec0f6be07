import { endpoints, NexusError, type Operation, type PanelAnswer } from "@nexus/protocol"
import { hiddenFailure } from "../../narrowing/refuse-narrowed.ts"
import { createPanelOperation, DEFAULT_FRAME } from "../../panels/new-panel.ts"
import type { PanelPage } from "../../panels/render.ts"
import type { Workspace } from "../../workspace/workspace.ts"
import type { Workspaces } from "../../workspace/workspaces.ts"
import { actorOf, causeOf, type Routes, type SignedInCall } from "../call.ts"
import { requireMatch } from "../etag.ts"
import { connectSource, documentPolicy } from "../security-headers.ts"

type Asking = Pick<
  SignedInCall<{ readonly panel: string }, { readonly workspace: string }, unknown>,
  "params" | "query" | "identity"
>

export interface PanelRouteParts {
  readonly workspaces: Workspaces
  /** The panel as a whole HTML document. */
  readonly render: (workspace: Pick<Workspace, "id" | "graph">, panel: string, viewer?: string) => Promise<PanelPage>
  /** The address of the script that makes such a page live, where the studio is built. */
  readonly viewer?: string | undefined
}

/** Panels over HTTP: the same operations, through the same commit, as over the socket. */
export function panelRoutes(routes: Routes, { workspaces, render, viewer }: PanelRouteParts): void {
  /** The workspace, where the panel is not hidden from whoever asks: hidden, it is not there. */
  const reached = async ({ params, query, identity }: Asking): Promise<Workspace> => {
    const workspace = await workspaces.open(query.workspace)
    const { sight } = await workspace.seenBy(identity.user.id)
    if (sight?.hides(params.panel)) throw new NexusError(hiddenFailure(params.panel))
    return workspace
  }
  routes.guarded(endpoints.createPanel, async (call) => {
    const { workspace: id, source, frame } = call.body
    const workspace = await workspaces.open(id)
    const panel = call.newId("panel")
    const operation = createPanelOperation({ id: panel, workspace: id, source, frame: frame ?? DEFAULT_FRAME })
    await workspace.commit({
      submission: call.newId("sub"),
      cause: causeOf(call, "added a panel"),
      operations: [operation],
    })
    return answerOf(workspace, panel)
  })
  routes.guarded(endpoints.getPanel, async (call) => answerOf(await reached(call), call.params.panel))
  routes.guarded(endpoints.putPanel, async (call) => {
    const { params, body } = call
    const workspace = await reached(call)
    const now = answerOf(workspace, params.panel)
    requireMatch(call.request, now)
    const { title } = now
    const operations: Operation[] = []
    if (body.source !== undefined) {
      // What was read is what is written over: between this look and the commit nobody slips in.
      const read = call.request.get("if-match") === undefined ? body.expect : now.source
      const expect = read === undefined ? {} : { expect: read }
      operations.push({ kind: "panel_source", panel: params.panel, source: body.source, title, ...expect })
    }
    if (body.frame) operations.push({ kind: "panel_frame", panel: params.panel, frame: body.frame })
    const verb = body.source === undefined ? "moved" : "edited"
    await workspace.commit({ submission: call.newId("sub"), cause: causeOf(call, `${verb} ${title}`), operations })
    return answerOf(workspace, params.panel)
  })
  routes.guarded(endpoints.deletePanel, async (call) => {
    const workspace = await reached(call)
    const now = answerOf(workspace, call.params.panel)
    requireMatch(call.request, now)
    const { id, title } = now
    await workspace.commit({
      submission: call.newId("sub"),
      cause: causeOf(call, `removed ${title}`),
      operations: [{ kind: "entity_remove", id }],
    })
    return {}
  })
  routes.guarded(endpoints.renderPanel, async (call) => {
    const { params, request, response } = call
    const workspace = await reached(call)
    const { graph } = await workspace.seenBy(call.identity.user.id)
    const page = await render({ id: workspace.id, graph }, params.panel, viewer)
    const connect = page.live ? `; ${connectSource(request.get("host"))}` : ""
    response.set("Content-Security-Policy", documentPolicy(page) + connect)
    return page.html
  })
  routes.guarded(endpoints.triggerHandler, async (call) => {
    const { params, body, identity, traceId, newId } = call
    const workspace = await reached(call)
    const waits = Promise.withResolvers<{ run: string; status: "waiting"; seq: number }>()
    const ended = workspace.trigger({
      panel: params.panel,
      handler: params.handler,
      args: body.args,
      trigger: "call",
      person: actorOf(identity),
      traceId,
      ref: newId("ref"),
      onWaiting: (run, seq) => waits.resolve({ run, status: "waiting", seq }),
    })
    const result = await Promise.race([ended, waits.promise])
    if (result.status === "waiting") {
      ended.catch(() => undefined)
      return result
    }
    if (result.failure) throw new NexusError(result.failure)
    const { run, status, value, seq, usage } = result
    return { run, status, seq, ...(value === undefined ? {} : { value }), ...(usage ? { usage } : {}) }
  })
  routes.guarded(endpoints.setGrant, async (call) => {
    const { params, body } = call
    const workspace = await reached(call)
    const { title } = answerOf(workspace, params.panel)
    await workspace.commit({
      submission: call.newId("sub"),
      cause: causeOf(
        call,
        `${body.granted ? "granted" : "took back"} ${body.grant} ${body.granted ? "to" : "from"} ${title}`.slice(
          0,
          400,
        ),
      ),
      operations: [{ kind: "panel_grant", panel: params.panel, grant: body.grant, granted: body.granted }],
    })
    return answerOf(workspace, params.panel)
  })
}

function answerOf(workspace: Workspace, id: string): PanelAnswer {
  const panel = workspace.graph.panel(id)
  if (!panel) throw new NexusError({ code: "not-found", what: "panel", id })
  const { title, source, frame, state, grants } = panel.properties
  return { id, workspace: workspace.id, title, source, frame, state, grants, seq: workspace.seq }
}
