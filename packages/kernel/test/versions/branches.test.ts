import { apply, type Change, type Graph, isDerivedOperation } from "@nexus/protocol"
import { expect, test } from "vitest"
import { withHttp } from "../gateway/with-http.ts"
import { versionDesk } from "./version-desk.ts"

test("a branch begins where one is, and each keeps its own panels and state", async () => {
  const { workspace, panel, post, get, set, state, addPanel } = await versionDesk()
  await post("commit", { message: "Start" })
  expect((await post("branches", { name: "try" })).status).toBe(201)
  expect((await get("branches")).body).toMatchObject({ current: "main", unsaved: false })
  await post("switch", { branch: "try" })
  await set("count", 5)
  const other = await addPanel("Other")
  const { body: back } = await post("switch", { branch: "main" })
  expect(back.saved).toMatch(/^[0-9a-f]{40}$/)
  expect([state()?.count, workspace.graph.panel(other)]).toEqual([0, undefined])
  expect(back.change.cause).toMatchObject({ actor: { kind: "git" }, reason: "switched from try to main" })
  await post("switch", { branch: "try" })
  expect(state()).toMatchObject({ count: 5 })
  expect(workspace.graph.panel(other)?.properties.title).toBe("Other")
  expect((await get("branches")).body).toMatchObject({ current: "try", unsaved: false })
  expect(workspace.graph.panel(panel)).toBeDefined()
})

test("what is not committed is committed on the branch one leaves", async () => {
  const { post, get, set, state } = await versionDesk()
  await post("commit", { message: "Start" })
  await post("branches", { name: "try" })
  await set("count", 3)
  await post("switch", { branch: "try" })
  expect(state()?.count).toBe(0)
  const { commits } = (await get("history", { ref: "main" })).body
  expect(commits.map(({ message }: { message: string }) => message)).toEqual(["Set count", "Start"])
  await post("switch", { branch: "main" })
  expect(state()?.count).toBe(3)
})

test("an undone switch brings the branch back with the panels", async () => {
  const { workspace, post, get, set, change, state } = await versionDesk()
  await post("commit", { message: "Start" })
  await post("branches", { name: "try" })
  await set("count", 3)
  const before = workspace.graph.fork()
  const switched: Change = (await post("switch", { branch: "try" })).body.change
  const applied = apply(before, switched.operations)
  if (!applied.ok) throw new Error("the switch does not apply")
  await change(
    applied.inverse.filter((operation) => !isDerivedOperation(before, operation)),
    "undo",
  )
  expect(state()?.count).toBe(3)
  expect((await get("branches")).body).toMatchObject({ current: "main", unsaved: false })
})

test("commits go to the branch of the workspace, and its history is told", async () => {
  const { post, get, set } = await versionDesk()
  await post("commit", { message: "Start" })
  await post("branches", { name: "feature/one" })
  await post("switch", { branch: "feature/one" })
  await set("count", 1)
  await post("commit")
  const messages = async (ref?: string) =>
    (await get("history", ref ? { ref } : {})).body.commits.map(({ message }: { message: string }) => message)
  expect(await messages()).toEqual(["Set count", "Start"])
  expect(await messages("main")).toEqual(["Start"])
})

test("the branch one is on and main are not deleted; another is, and can begin again", async () => {
  const { post, get, remove, set } = await versionDesk()
  await post("commit", { message: "Start" })
  await post("branches", { name: "try" })
  await post("switch", { branch: "try" })
  expect((await remove("branches", "try")).body).toMatchObject({ code: "conflict" })
  expect((await remove("branches", "main")).body).toMatchObject({ code: "conflict" })
  await set("count", 9)
  await post("switch", { branch: "main" })
  const { body: gone } = await remove("branches", "try")
  expect((await get("branches")).body.branches).toHaveLength(1)
  expect((await remove("branches", "try")).status).toBe(404)
  expect((await post("branches", { name: "again", from: gone.commit })).body.commit).toBe(gone.commit)
})

test("a branch whose name is taken, hidden behind another or hostile is refused with a reason", async () => {
  const { post } = await versionDesk()
  await post("commit", { message: "Start" })
  await post("branches", { name: "a" })
  expect((await post("branches", { name: "a" })).body).toMatchObject({ code: "conflict" })
  expect((await post("branches", { name: "a/b" })).body).toMatchObject({ code: "conflict" })
  for (const name of ["--output=x", "a..b", "HEAD", "x.lock", "deadbeef"]) {
    expect((await post("branches", { name })).status, name).toBe(422)
    expect((await post("switch", { branch: name })).status, name).toBe(422)
  }
  expect((await post("switch", { branch: "unknown" })).status).toBe(404)
})

test("tags name commits for good", async () => {
  const { post, get, remove, set, state } = await versionDesk()
  await post("commit", { message: "Start" })
  await post("tags", { name: "v1.0" })
  await set("count", 8)
  await post("commit", { message: "Later" })
  expect((await post("tags", { name: "v1.0" })).body).toMatchObject({ code: "conflict" })
  expect((await get("branches")).body.tags).toMatchObject([{ name: "v1.0", message: "Start", author: "Ada" }])
  await post("checkout", { ref: "v1.0" })
  expect(state()?.count).toBe(0)
  expect((await remove("tags", "v1.0")).status).toBe(200)
  expect((await post("checkout", { ref: "v1.0" })).status).toBe(404)
})

test("who may only look sees branches and switches none", async () => {
  const { world, id, post } = await versionDesk()
  await post("commit", { message: "Start" })
  await post("branches", { name: "try" })
  const eve = await world.person("Eve")
  await world.world.accounts.setMember(id, eve.id, "viewer")
  expect((await eve.call("GET", `/workspace/branches?workspace=${id}`)).status).toBe(200)
  expect((await eve.call("POST", "/workspace/switch", { workspace: id, branch: "try" })).status).toBe(403)
  expect((await eve.call("DELETE", `/workspace/branches?workspace=${id}&name=try`)).status).toBe(403)
})

test("a moment begins a branch of its own, and the workspace stays where it is until it is switched", async () => {
  let then = {}
  const none = { timeline: async () => [], diff: async () => ({}), why: async () => undefined, status: () => ({}) }
  const http = await withHttp({ twin: { ...none, workspaceAt: async () => then } })
  const { id, workspace, post, get, set, state } = await versionDesk(http)
  await post("commit", { message: "Start" })
  await set("count", 3)
  then = { seq: workspace.seq, ...snapshotOf(workspace.graph) }
  await set("count", 7)
  const { status, body } = await post("branches/moment", { name: "was-three", at: 1000 })
  expect([status, body.name, state()?.count]).toEqual([201, "was-three", 7])
  expect((await get("version", { ref: "was-three" })).body.panels).toMatchObject([
    { title: "Counter", state: { count: 3 } },
  ])
  expect((await get("version")).body.panels).toMatchObject([{ state: { count: 7 } }])
  const { commits } = (await get("history", { ref: "was-three" })).body
  expect(commits.map(({ message }: { message: string }) => message)).toEqual([
    "As it was on 1970-01-01 00:00:01 UTC",
    "Start",
  ])
  await post("switch", { branch: "was-three" })
  expect(state()?.count).toBe(3)
  expect((await post("branches/moment", { name: "was-three", at: 1000 })).body.code).toBe("conflict")
  expect(workspace.id).toBe(id)
})

function snapshotOf(graph: Graph) {
  return { entities: [...graph.entities()], relationships: [...graph.relationships()] }
}
