import { createId, type Operation } from "@nexus/protocol"
import { counterSource, type TestHttp, withHttp } from "../gateway/with-http.ts"

/** A workspace of Ada's with one panel, and short ways to change and version it. */
export async function versionDesk(http?: TestHttp) {
  const world = http ?? (await withHttp())
  const ada = await world.person("Ada")
  const { body: summary } = await ada.call("POST", "/workspaces", { name: "Home" })
  const workspace = await world.workspaces.open(summary.id)
  const id = workspace.id
  const addPanel = async (title: string): Promise<string> => {
    const { body } = await ada.call("POST", "/panels", { workspace: id, source: counterSource(title) })
    return body.id
  }
  const panel = await addPanel("Counter")
  const actor = { kind: "person", id: ada.id, name: "Ada" } as const
  const change = (operations: Operation[], reason = "changed") =>
    workspace.commit({ submission: createId("sub"), cause: { actor, reason }, operations })
  const post = (path: string, body: object = {}) => ada.call("POST", `/workspace/${path}`, { workspace: id, ...body })
  const get = (path: string, query: Record<string, string> = {}) =>
    ada.call("GET", `/workspace/${path}?${new URLSearchParams({ workspace: id, ...query })}`)
  const remove = (path: string, name: string) =>
    ada.call("DELETE", `/workspace/${path}?${new URLSearchParams({ workspace: id, name })}`)
  const set = (name: string, value: number, of = panel) =>
    change([{ kind: "state_set", panel: of, path: [name], value }], `set ${name}`)
  const state = (of = panel) => workspace.graph.panel(of)?.properties.state
  return { world, ada, workspace, id, panel, addPanel, change, post, get, remove, set, state }
}

export function conceptOf(id: string, scope: string, properties = {}): Operation {
  return { kind: "entity_add", entity: { id, kind: "concept", name: id, properties, scope } }
}
