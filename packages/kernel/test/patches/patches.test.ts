import { createId, type Operation } from "@nexus/protocol"
import { expect, test } from "vitest"
import { counterSource, type Person, type TestHttp, withHttp } from "../gateway/with-http.ts"

async function desk(http: TestHttp) {
  const ada = await http.person("Ada")
  const { body: summary } = await ada.call("POST", "/workspaces", { name: "Home" })
  const { body: panel } = await ada.call("POST", "/panels", { workspace: summary.id, source: counterSource() })
  const workspace = await http.workspaces.open(summary.id)
  const actor = { kind: "person", id: ada.id, name: "Ada" } as const
  const commit = (operations: Operation[], reason = "changed") =>
    workspace.commit({ submission: createId("sub"), cause: { actor, reason }, operations })
  const propose = (operations: unknown, more = {}) =>
    ada.call("POST", "/patch/apply", {
      workspace: summary.id,
      base: workspace.seq,
      reason: "Add a clear-all button",
      author: "ai",
      operations,
      ...more,
    })
  return { ada, workspace, panel: panel.id as string, source: panel.source as string, commit, propose }
}

const state = (panel: string, value: number): Operation => ({ kind: "state_set", panel, path: ["count"], value })

test("a patch waits, shows what it would do, and changes nothing", async () => {
  const http = await withHttp()
  const { ada, workspace, panel, propose } = await desk(http)
  const before = workspace.graph.toSnapshot()
  const source = counterSource("Tally", '<Capability type="http" scope="https://x.example/*" reason="Looks"/>')
  const proposed = await propose([{ kind: "panel_source", panel, source, title: "" }])
  expect(proposed.status).toBe(201)
  const { patch, preview } = proposed.body
  expect(patch).toMatchObject({ status: "pending", author: { kind: "ai" }, capabilities: ["http:https://x.example/*"] })
  expect(preview.capabilities).toEqual(["http:https://x.example/*"])
  expect(preview.entities).toHaveLength(1)
  expect(preview.entities[0]).toMatchObject({
    id: panel,
    before: { properties: { title: "Counter" } },
    after: { properties: { title: "Tally", source, grants: [] } },
  })
  expect(workspace.graph.toSnapshot()).toEqual(before)
  expect((await ada.call("GET", `/patches?workspace=${workspace.id}&status=pending`)).body).toEqual({
    patches: [patch],
  })
  expect((await ada.call("GET", `/patches/${patch.id}`)).body).toEqual({ patch, preview })
})

test("an accepted patch is one change by the author, approved by the person", async () => {
  const http = await withHttp()
  const { ada, workspace, panel, propose } = await desk(http)
  const { patch } = (
    await propose([state(panel, 5), { kind: "panel_frame", panel, frame: { x: 9, y: 9, w: 200, h: 200 } }])
  ).body
  const accepted = await ada.call("POST", `/patches/${patch.id}/accept`, {})
  expect(accepted.status).toBe(200)
  expect(accepted.body.patch).toMatchObject({ status: "accepted", seq: workspace.seq })
  expect(accepted.body.change).toMatchObject({
    seq: workspace.seq,
    cause: {
      actor: { kind: "ai", name: "Assistant" },
      approver: { kind: "person", id: ada.id, name: "Ada" },
      patch: patch.id,
      reason: "Add a clear-all button",
    },
  })
  expect(workspace.graph.panel(panel)?.properties).toMatchObject({ state: { count: 5 }, frame: { x: 9 } })
  const again = await ada.call("POST", `/patches/${patch.id}/accept`, {})
  expect([again.status, again.body.code]).toEqual([409, "conflict"])
})

test("a patch accepted twice at once changes the workspace once", async () => {
  const http = await withHttp()
  const { ada, workspace, panel, propose } = await desk(http)
  const { patch } = (await propose([state(panel, 5)])).body
  const seq = workspace.seq
  const answers = await Promise.all([1, 2, 3].map(() => ada.call("POST", `/patches/${patch.id}/accept`, {})))
  expect(answers.some(({ status }) => status === 200)).toBe(true)
  expect(workspace.seq).toBe(seq + 1)
})

test("operations are accepted one by one, by index", async () => {
  const http = await withHttp()
  const { ada, workspace, panel, propose } = await desk(http)
  const { patch } = (
    await propose([state(panel, 5), { kind: "panel_frame", panel, frame: { x: 9, y: 9, w: 200, h: 200 } }])
  ).body
  expect((await ada.call("POST", `/patches/${patch.id}/accept`, { operations: [7] })).status).toBe(422)
  await ada.call("POST", `/patches/${patch.id}/accept`, { operations: [0] })
  expect(workspace.graph.panel(panel)?.properties.state.count).toBe(5)
  expect(workspace.graph.panel(panel)?.properties.frame.x).not.toBe(9)
})

test("a choice that does not stand alone is refused and the patch stays", async () => {
  const http = await withHttp()
  const { ada, workspace, propose } = await desk(http)
  const idea = { id: "idea", kind: "concept", name: "Idea", properties: {}, scope: workspace.id }
  const { patch } = (
    await propose([
      { kind: "entity_add", entity: idea },
      { kind: "entity_set", id: "idea", set: { colour: "blue" } },
    ])
  ).body
  expect((await ada.call("POST", `/patches/${patch.id}/accept`, { operations: [1] })).body.code).toBe("not-found")
  expect((await ada.call("POST", `/patches/${patch.id}/accept`, {})).status).toBe(200)
  expect(workspace.graph.entity("idea")?.properties).toEqual({ colour: "blue" })
})

test("a patch that no longer applies is conflicted and says why", async () => {
  const http = await withHttp()
  const { ada, workspace, panel, source, commit, propose } = await desk(http)
  const operation = { kind: "panel_source", panel, source: counterSource("Mine"), title: "", expect: source }
  const { patch } = (await propose([operation])).body
  await commit([{ kind: "panel_source", panel, source: counterSource("Theirs"), title: "" }])
  const review = await ada.call("GET", `/patches/${patch.id}`)
  expect(review.body).toMatchObject({ patch: { status: "pending" }, failure: { code: "operation-conflict" } })
  const seq = workspace.seq
  const refused = await ada.call("POST", `/patches/${patch.id}/accept`, {})
  expect([refused.status, refused.body.code]).toEqual([409, "operation-conflict"])
  expect((await ada.call("GET", `/patches/${patch.id}`)).body).toMatchObject({
    patch: { status: "conflicted" },
    failure: { code: "operation-conflict" },
  })
  expect(workspace.seq).toBe(seq)
  expect(workspace.graph.panel(panel)?.properties.title).toBe("Theirs")
})

test("a rejected patch is over", async () => {
  const http = await withHttp()
  const { ada, panel, propose } = await desk(http)
  const { patch } = (await propose([state(panel, 5)])).body
  expect((await ada.call("POST", `/patches/${patch.id}/reject`)).body.patch.status).toBe("rejected")
  for (const verb of ["accept", "reject", "revert"]) {
    expect((await ada.call("POST", `/patches/${patch.id}/${verb}`, {})).body.code, verb).toBe("conflict")
  }
})

test("a patch never brings a right along", async () => {
  const http = await withHttp()
  const { workspace, panel, propose } = await desk(http)
  const properties = {
    source: counterSource(),
    title: "",
    frame: { x: 0, y: 0, w: 100, h: 100 },
    state: {},
    grants: ["time"],
  }
  const granting = [
    { kind: "panel_grant", panel, grant: "time", granted: true },
    { kind: "panel_grant", panel, grant: "time", granted: false },
    { kind: "entity_add", entity: { id: "panel_new", kind: "panel", name: "", scope: workspace.id, properties } },
    { kind: "entity_set", id: panel, set: { grants: ["time"] } },
  ]
  for (const operation of granting) {
    const answer = await propose([state(panel, 1), operation])
    expect([answer.status, answer.body.code], operation.kind).toEqual([422, "invalid-input"])
  }
})

test("what cannot be, is refused when it is proposed", async () => {
  const http = await withHttp()
  const { workspace, panel, propose } = await desk(http)
  const refused = [
    [[{ kind: "panel_source", panel, source: "<NexusPanel", title: "" }], "panel-invalid"],
    [[{ kind: "entity_remove", id: "nothing" }], "not-found"],
    [[{ kind: "entity_remove", id: workspace.id }], "forbidden"],
    [[{ kind: "entity_remove", id: `${panel}.handler.add` }], "forbidden"],
    [[{ kind: "state_set", panel, path: ["undeclared"], value: 1 }], "invalid-input"],
    [[{ kind: "dance" }], "invalid-input"],
    [[], "invalid-input"],
  ] as const
  for (const [operations, code] of refused) {
    expect((await propose(operations)).body.code, JSON.stringify(operations)).toBe(code)
  }
  expect((await propose([state(panel, 1)], { base: workspace.seq + 1 })).body).toMatchObject({ path: "base" })
})

test("people who may not read a workspace cannot see or decide its patches", async () => {
  const http = await withHttp()
  const { panel, propose } = await desk(http)
  const eve: Person = await http.person("Eve")
  const { patch } = (await propose([state(panel, 5)])).body
  expect((await eve.call("GET", `/patches/${patch.id}`)).status).toBe(403)
  for (const verb of ["accept", "reject", "revert"]) {
    expect((await eve.call("POST", `/patches/${patch.id}/${verb}`, {})).status, verb).toBe(403)
  }
})

test("an accepted patch is taken back while everything since stays", async () => {
  const http = await withHttp()
  const { ada, workspace, panel, commit, propose } = await desk(http)
  const before = workspace.graph.panel(panel)
  const changed = counterSource("Tally", '<Handler name="clear">$state.count = 0</Handler>')
  const { patch } = (await propose([{ kind: "panel_source", panel, source: changed, title: "" }, state(panel, 40)]))
    .body
  await ada.call("POST", `/patches/${patch.id}/accept`, {})
  expect(workspace.graph.entity(`${panel}.handler.clear`)).toBeDefined()
  await commit([{ kind: "panel_frame", panel, frame: { x: 5, y: 5, w: 300, h: 300 } }])
  await commit([{ kind: "state_splice", panel, path: ["items"], index: 0, remove: [], insert: [{ id: "b" }] }])
  const reverted = await ada.call("POST", `/patches/${patch.id}/revert`)
  expect(reverted.body.change.cause).toMatchObject({
    actor: { id: ada.id },
    patch: patch.id,
    reason: expect.stringContaining("took back"),
  })
  const after = workspace.graph.panel(panel)
  expect(after?.properties).toMatchObject({
    source: before?.properties.source,
    title: "Counter",
    frame: { x: 5 },
    state: { count: 0, items: [{ id: "b" }, { id: "a", done: false }] },
  })
  expect(workspace.graph.entity(`${panel}.handler.clear`)).toBeUndefined()
  const seq = workspace.seq
  expect((await ada.call("POST", `/patches/${patch.id}/revert`)).body.change.seq).toBe(reverted.body.change.seq)
  expect(workspace.seq).toBe(seq)
})

test("taking back conflicts where somebody has touched the same place since", async () => {
  const http = await withHttp()
  const { ada, workspace, panel, commit, propose } = await desk(http)
  const { patch } = (await propose([{ kind: "panel_source", panel, source: counterSource("Tally"), title: "" }])).body
  await ada.call("POST", `/patches/${patch.id}/accept`, {})
  await commit([{ kind: "panel_source", panel, source: counterSource("Later"), title: "" }])
  const refused = await ada.call("POST", `/patches/${patch.id}/revert`)
  expect([refused.status, refused.body.code]).toEqual([409, "operation-conflict"])
  expect(workspace.graph.panel(panel)?.properties.title).toBe("Later")
})

test("a source that was edited elsewhere since loses what the patch wrote and keeps the rest", async () => {
  const http = await withHttp()
  const { ada, workspace, panel, commit, propose } = await desk(http)
  const source = () => workspace.graph.panel(panel)?.properties.source ?? ""
  const before = source()
  const changed = before.replace("<Logic>", '<Logic>\n    <Handler name="clear">$state.count = 0</Handler>')
  const { patch } = (await propose([{ kind: "panel_source", panel, source: changed, title: "" }])).body
  await ada.call("POST", `/patches/${patch.id}/accept`, {})
  const edit = (text: string) => text.replace('label="Count"', 'label="How many"')
  await commit([{ kind: "panel_source", panel, source: edit(source()), title: "" }])
  expect((await ada.call("POST", `/patches/${patch.id}/revert`)).status).toBe(200)
  expect(source()).toBe(edit(before))
  expect(workspace.graph.entity(`${panel}.handler.clear`)).toBeUndefined()
})

test("a panel that a patch removed comes back whole", async () => {
  const http = await withHttp()
  const { ada, workspace, panel, commit, propose } = await desk(http)
  await commit([state(panel, 12)])
  const before = workspace.graph.toSnapshot()
  const { patch } = (await propose([{ kind: "entity_remove", id: panel }])).body
  await ada.call("POST", `/patches/${patch.id}/accept`, {})
  expect(workspace.graph.panel(panel)).toBeUndefined()
  await ada.call("POST", `/patches/${patch.id}/revert`)
  expect(workspace.graph.toSnapshot()).toEqual(before)
})
