import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { expect, test } from "vitest"
import { counterSource } from "../gateway/with-http.ts"
import { conceptOf, versionDesk } from "./version-desk.ts"

/** Two branches with one past; the workspace is on main. */
async function parted() {
  const desk = await versionDesk()
  await desk.post("commit", { message: "Start" })
  await desk.post("branches", { name: "try" })
  const onTry = async (work: () => Promise<unknown>) => {
    await desk.post("switch", { branch: "try" })
    await work()
    await desk.post("switch", { branch: "main" })
  }
  return { ...desk, onTry }
}

test("what two branches changed in different places is merged: one change, one commit with two parents", async () => {
  const { world, id, workspace, panel, change, post, get, set, state, addPanel, onTry } = await parted()
  let timer = ""
  await onTry(async () => {
    timer = await addPanel("Timer")
    await change([
      { kind: "panel_frame", panel, frame: { x: 700, y: 5, w: 200, h: 200 } },
      conceptOf("idea", id),
      {
        kind: "relationship_add",
        relationship: { from: "idea", kind: "related_to", to: `${panel}.handler.add`, properties: {} },
      },
    ])
  })
  await set("count", 3)
  const { body } = await post("merge", { from: "try" })
  expect(body.status).toBe("merged")
  expect(body.change.cause.reason).toBe("merged try into main")
  expect(state()?.count).toBe(3)
  expect(workspace.graph.panel(panel)?.properties.frame.x).toBe(700)
  expect(workspace.graph.panel(timer)).toBeDefined()
  expect(workspace.graph.relationship("idea", "related_to", `${panel}.handler.add`)).toBeDefined()
  const [merge] = (await get("history")).body.commits
  expect(merge).toMatchObject({ id: body.commit, message: "Merge try into main" })
  expect(merge.parents).toHaveLength(2)
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: join(world.world.dir, "git", id), encoding: "utf8" })
  expect(git("log", "--merges", "--format=%s", "main").trim()).toBe("Merge try into main")
  expect(git("fsck", "--strict", "--full")).toBe("")
  expect((await post("merge", { from: "try" })).body).toMatchObject({ status: "up-to-date" })
  expect((await get("branches")).body.unsaved).toBe(false)
})

test("a branch that only went on is followed without a merge", async () => {
  const { post, get, set, state, onTry } = await parted()
  await onTry(() => set("count", 8))
  const { body } = await post("merge", { from: "try" })
  expect(body).toMatchObject({ status: "forwarded", change: { cause: { reason: "merged try into main" } } })
  expect(state()?.count).toBe(8)
  const { branches } = (await get("branches")).body
  expect(new Set(branches.map(({ commit }: { commit: string }) => commit))).toEqual(new Set([body.commit]))
})

test("with a conflict open nothing changes; with every one answered the merge is made", async () => {
  const { workspace, panel, change, post, set, state, onTry } = await parted()
  const source = (label: string) => counterSource("Counter").replace('label="Count"', `label="${label}"`)
  await onTry(async () => {
    await set("count", 5)
    await change([{ kind: "panel_source", panel, source: source("Theirs"), title: "" }])
  })
  await set("count", 3)
  await change([{ kind: "panel_source", panel, source: source("Ours"), title: "" }])
  const { body } = await post("merge", { from: "try" })
  expect(body.status).toBe("conflicts")
  expect(body.conflicts).toMatchObject([
    {
      id: panel,
      kind: "source",
      path: ["source", "`label` of Metric “Count”"],
      ours: 'label="Ours"',
      theirs: 'label="Theirs"',
    },
    { id: panel, kind: "value", path: ["state", "count"], base: 0, ours: 3, theirs: 5 },
  ])
  const { seq } = workspace
  const [text, count] = body.conflicts
  const half = await post("merge", { from: "try", choices: [{ token: text.token, take: "theirs" }] })
  expect(half.body.conflicts).toMatchObject([{ path: ["state", "count"] }])
  expect(workspace.seq).toBe(seq)
  const choices = [
    { token: text.token, take: "theirs" },
    { token: count.token, value: 4 },
  ]
  expect((await post("merge", { from: "try", choices })).body.status).toBe("merged")
  expect(state()?.count).toBe(4)
  expect(workspace.graph.panel(panel)?.properties.source).toContain("Theirs")
  expect(workspace.seq).toBe(seq + 1)
})

test("an old commit is taken back over what came since, and asked about where that changed the same", async () => {
  const { workspace, panel, change, post, get, set, state } = await versionDesk()
  await post("commit", { message: "Start" })
  await set("count", 5)
  await change([conceptOf("idea", workspace.id)])
  const { body: old } = await post("commit", { message: "Old work" })
  await change([{ kind: "state_set", panel, path: ["items"], value: [] }])
  const { body } = await post("revert", { commit: old.commit })
  expect(body.status).toBe("merged")
  expect(body.change.cause.reason).toBe(`took back ${old.commit.slice(0, 7)}: Old work`)
  expect(state()).toMatchObject({ count: 0, items: [] })
  expect(workspace.graph.entity("idea")).toBeUndefined()
  expect((await get("history")).body.commits[0].message).toContain("Take back “Old work”")
  const { body: again } = await post("revert", { commit: body.commit })
  expect(again.status).toBe("merged")
  expect(state()?.count).toBe(5)
  await set("count", 9)
  const { body: asked } = await post("revert", { commit: old.commit })
  expect(asked).toMatchObject({ status: "conflicts", conflicts: [{ base: 5, ours: 9, theirs: 0 }] })
})

test("the first commit has nothing before it to go back to", async () => {
  const { post } = await versionDesk()
  const { body: first } = await post("commit", { message: "Start" })
  expect((await post("revert", { commit: first.commit })).body).toMatchObject({ code: "conflict" })
})
