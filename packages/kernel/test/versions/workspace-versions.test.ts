import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { createId, type Operation } from "@nexus/protocol"
import { expect, test } from "vitest"
import { createGitRemotes } from "../../src/storage/git/git-remotes.ts"
import { createGitVersions } from "../../src/storage/git/git-versions.ts"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { createWorkspaceVersions } from "../../src/versions/workspace-versions.ts"
import { counterSource, type TestHttp, withHttp } from "../gateway/with-http.ts"
import { versionDesk } from "./version-desk.ts"

async function desk(http: TestHttp) {
  const ada = await http.person("Ada")
  const { body: summary } = await ada.call("POST", "/workspaces", { name: "Home" })
  const extra = '<Capability type="time" reason="Waits"/>'
  const { body: panel } = await ada.call("POST", "/panels", {
    workspace: summary.id,
    source: counterSource("Counter", extra),
  })
  const workspace = await http.workspaces.open(summary.id)
  const actor = { kind: "person", id: ada.id, name: "Ada" } as const
  const change = (operations: Operation[], reason = "changed") =>
    workspace.commit({ submission: createId("sub"), cause: { actor, reason }, operations })
  const commit = (message?: string) =>
    ada.call("POST", "/workspace/commit", { workspace: workspace.id, ...(message ? { message } : {}) })
  const checkout = (ref: string) => ada.call("POST", "/workspace/checkout", { workspace: workspace.id, ref })
  return { ada, workspace, panel: panel.id as string, change, commit, checkout }
}

const concept = (id: string, scope: string, properties = {}): Operation => ({
  kind: "entity_add",
  entity: { id, kind: "concept", name: id, properties, scope },
})

test("commit, change everything, check out: the graph is as it was", async () => {
  const http = await withHttp()
  const { workspace, panel, change, commit, checkout } = await desk(http)
  const id = workspace.id
  await change([
    concept("z_parent", id, { note: "milk", tags: ["b", "a"] }),
    concept("a_child", "z_parent"),
    concept("inside", panel),
    {
      kind: "relationship_add",
      relationship: { from: "a_child", kind: "related_to", to: panel, properties: { why: "x" } },
    },
    {
      kind: "relationship_add",
      relationship: { from: "inside", kind: "uses", to: `${panel}.handler.add`, properties: {} },
    },
    { kind: "state_set", panel, path: ["count"], value: 7 },
  ])
  const before = workspace.graph.toSnapshot()
  const committed = await commit("The good state")
  expect(committed.status).toBe(201)
  expect(committed.body).toEqual({
    commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    message: "The good state",
    seq: workspace.seq,
  })

  const other = createId("panel")
  const properties = {
    source: counterSource("Other"),
    title: "",
    frame: { x: 0, y: 0, w: 100, h: 100 },
    state: {},
    grants: [],
  }
  await change([
    { kind: "entity_set", id, name: "Renamed", set: { theme: "dark" } },
    { kind: "panel_source", panel, source: counterSource("Rewritten").replace("add", "subtract"), title: "" },
    { kind: "panel_frame", panel, frame: { x: 500, y: 5, w: 200, h: 200 } },
    { kind: "entity_add", entity: { id: other, kind: "panel", name: "", scope: id, properties } },
    { kind: "entity_set", id: "z_parent", name: "changed", set: { note: "bread", extra: 1 }, unset: ["tags"] },
    { kind: "relationship_remove", from: "a_child", relationship: "related_to", to: panel },
    { kind: "relationship_add", relationship: { from: "z_parent", kind: "precedes", to: "a_child", properties: {} } },
    { kind: "entity_remove", id: "a_child" },
    concept("newcomer", id),
  ])
  await change([{ kind: "state_set", panel, path: ["items"], value: [] }])
  const changed = workspace.graph.toSnapshot()
  const seq = workspace.seq

  const restored = await checkout(committed.body.commit)
  expect(restored.status).toBe(200)
  expect(workspace.graph.toSnapshot()).toEqual(before)
  expect(workspace.seq).toBe(seq + 1)
  expect(restored.body.change.cause).toMatchObject({
    actor: { kind: "git", id: committed.body.commit, name: "Git" },
    approver: { kind: "person", name: "Ada" },
    reason: `checked out ${committed.body.commit.slice(0, 7)}`,
  })
  expect(workspace.graph.toSnapshot()).not.toEqual(changed)
})

test("a panel that was removed comes back with its state and without its grants", async () => {
  const http = await withHttp()
  const { workspace, panel, change, commit, checkout } = await desk(http)
  await change([
    { kind: "panel_grant", panel, grant: "time", granted: true },
    { kind: "state_set", panel, path: ["count"], value: 3 },
  ])
  await commit()
  await change([{ kind: "entity_remove", id: panel }])
  await checkout("main")
  expect(workspace.graph.panel(panel)?.properties).toMatchObject({ state: { count: 3 }, grants: [] })
})

test("a panel that stays keeps the grants of now, not those of then", async () => {
  const http = await withHttp()
  const { workspace, panel, change, commit, checkout } = await desk(http)
  await change([{ kind: "panel_grant", panel, grant: "time", granted: true }])
  await commit()
  await change([
    { kind: "panel_grant", panel, grant: "time", granted: false },
    { kind: "state_set", panel, path: ["count"], value: 9 },
  ])
  await checkout("main")
  expect(workspace.graph.panel(panel)?.properties).toMatchObject({ state: { count: 0 }, grants: [] })
})

test("checking out what is there already changes nothing", async () => {
  const http = await withHttp()
  const { workspace, commit, checkout } = await desk(http)
  await commit()
  const seq = workspace.seq
  const answer = await checkout("main")
  expect([answer.status, answer.body.change]).toEqual([200, undefined])
  expect(workspace.seq).toBe(seq)
})

test("the message is made from what happened since the last commit", async () => {
  const http = await withHttp()
  const { ada, workspace, panel, change, commit } = await desk(http)
  await commit("First")
  for (const value of [1, 2, 3]) await change([{ kind: "state_set", panel, path: ["count"], value }], "clicked Add")
  await change([{ kind: "panel_frame", panel, frame: { x: 5, y: 5, w: 200, h: 200 } }], "moved Counter")
  const { message, seq } = (await commit()).body
  expect(message).toBe("Clicked Add and 1 more\n\n- clicked Add (3 times)\n- moved Counter")
  const { commits } = (await ada.call("GET", `/workspace/history?workspace=${workspace.id}`)).body
  expect(commits).toEqual([
    { id: expect.any(String), message, author: "Ada", at: http.world.clock.now, parents: [expect.any(String)], seq },
    expect.objectContaining({ message: "First" }),
  ])
  const again = await commit()
  expect([again.status, again.body.code]).toEqual([409, "conflict"])
})

test("the repository is plain: one folder a panel, one fact a line, no grants and nothing derived", async () => {
  const http = await withHttp()
  const { workspace, panel, change, commit } = await desk(http)
  await change([{ kind: "panel_grant", panel, grant: "time", granted: true }, concept("idea", workspace.id)])
  await commit()
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: join(http.world.dir, "git", workspace.id), encoding: "utf8" })
  expect(git("ls-tree", "-r", "--name-only", "main").trim().split("\n")).toEqual([
    "nog.json",
    `panels/${panel}/panel.nxml`,
    `panels/${panel}/state.json`,
    "workspace.json",
  ])
  expect(git("show", `main:panels/${panel}/state.json`)).toBe(
    '{\n  "count": 0,\n  "items": [\n    {\n      "done": false,\n      "id": "a"\n    }\n  ]\n}\n',
  )
  const graph = git("show", "main:nog.json")
  expect(graph).toContain('\n{"id":"idea","kind":"concept","name":"idea","properties":{},')
  expect(`${graph}${git("show", "main:workspace.json")}`).not.toMatch(/grants|handler/)
  expect(git("log", "-1", "--format=%B")).toContain(`Nexus-Seq: ${workspace.seq}`)
})

test("a secret state reaches no file of a commit", async () => {
  const http = await withHttp()
  const { ada, workspace, change, commit } = await desk(http)
  const canary = "canary-7f3a-of-a-secret"
  const source = counterSource("Vault").replace("<Data>", '<Data><State name="key" type="string" secret="true"/>')
  const { body: vault } = await ada.call("POST", "/panels", { workspace: workspace.id, source })
  const actor = { kind: "person", id: ada.id, name: "Ada" } as const
  await workspace.submit({
    submission: createId("sub"),
    cause: { actor, reason: "typed a key" },
    operations: [{ kind: "state_set", panel: vault.id, path: ["key"], value: canary }],
  })
  await change([{ kind: "state_set", panel: vault.id, path: ["count"], value: 1 }])
  await commit()
  const cwd = join(http.world.dir, "git", workspace.id)
  const all = execFileSync("git", ["log", "--all", "-p", "--format=fuller"], { cwd, encoding: "utf8" })
  expect(all).toContain("Vault")
  expect(all).not.toContain(canary)
})

test("a commit that cannot be read is refused by the file and changes nothing", async () => {
  const http = await withHttp()
  const { ada, workspace, checkout } = await desk(http)
  const git = createGitVersions({ dir: join(http.world.dir, "git"), env: process.env })
  const good = {
    "nog.json": '{"entities":[],"relationships":[]}',
    "workspace.json": '{"format":1,"name":"x","properties":{},"panels":[]}',
  }
  const broken = [
    [{ "nog.json": good["nog.json"] }, "workspace.json"],
    [{ ...good, "nog.json": "{" }, "nog.json"],
    [{ ...good, "workspace.json": '{"format":2}' }, "workspace.json"],
    [{ ...good, "nog.json": '{"entities":[{"id":"--x"}],"relationships":[]}' }, "nog.json"],
    [
      {
        ...good,
        "workspace.json": good["workspace.json"].replace(
          "[]",
          '[{"id":"panel_1","title":"","frame":{"x":0,"y":0,"w":100,"h":100}}]',
        ),
      },
      "panels/panel_1/panel.nxml",
    ],
  ] as const
  const seq = workspace.seq
  for (const [files, path] of broken) {
    const parent = await git.head(workspace.id)
    await git.commit(workspace.id, {
      parent,
      files: new Map(Object.entries(files)),
      message: "m",
      author: ada.name,
      atMs: 0,
      seq,
    })
    const answer = await checkout("main")
    expect([answer.status, answer.body.code, answer.body.path], path).toEqual([422, "invalid-input", path])
  }
  expect(workspace.seq).toBe(seq)
})

test("a hostile ref is refused over HTTP", async () => {
  const http = await withHttp()
  const { commit, checkout } = await desk(http)
  await commit()
  for (const ref of ["--output=/tmp/nexus-owned", "-c", "../../x", "main:workspace.json", "HEAD~1 --all", "nothing"]) {
    const answer = await checkout(ref)
    expect([404, 422], ref).toContain(answer.status)
  }
})

test("without git, committing says what to install and everything else keeps working", async () => {
  const http = await withHttp()
  const { ada, workspace, panel, change } = await desk(http)
  const options = { dir: join(http.world.dir, "nogit"), env: { PATH: "/nowhere" } }
  const git = createGitVersions(options)
  const versions = createWorkspaceVersions({
    versions: git,
    remotes: createGitRemotes({ ...options, opened: [] }),
    workspaces: http.workspaces,
    values: createMemoryJournal().values,
    clock: () => 0,
    log: () => undefined,
  })
  const by = { id: ada.id, name: "Ada", email: "" }
  await expect(versions.commit({ workspace: workspace.id, by })).rejects.toMatchObject({
    failure: { code: "unavailable" },
  })
  expect(await versions.history(workspace.id, { limit: 10 })).toEqual({ commits: [] })
  await change([{ kind: "state_set", panel, path: ["count"], value: 1 }])
  expect(workspace.graph.panel(panel)?.properties.state.count).toBe(1)
})

test("random worlds come back equal", { timeout: 60_000 }, async () => {
  const http = await withHttp()
  const { workspace, panel, change, commit, checkout } = await desk(http)
  const seed = 411
  let random = seed
  const below = (limit: number) => {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0
    return random % limit
  }
  const step = async (): Promise<void> => {
    const ids = [...workspace.graph.ofKind("concept")].map(({ id }) => id)
    const pick = ids[below(Math.max(1, ids.length))]
    const roll = below(6)
    if (roll === 0 || !pick)
      await change([concept(`c${below(1e6)}`, pick && below(2) ? pick : workspace.id)]).catch(() => undefined)
    else if (roll === 1) await change([{ kind: "entity_remove", id: pick }])
    else if (roll === 2) await change([{ kind: "entity_set", id: pick, set: { n: below(9) } }])
    else if (roll === 3) await change([{ kind: "state_set", panel, path: ["count"], value: below(99) }])
    else if (roll === 4) {
      const relationship = {
        from: pick,
        kind: "related_to",
        to: ids[below(ids.length)] ?? pick,
        properties: {},
      } as const
      await change([{ kind: "relationship_add", relationship }]).catch(() => undefined)
    } else await change([{ kind: "panel_source", panel, source: counterSource(`T${below(99)}`), title: "" }])
  }
  const kept: { ref: string; snapshot: unknown }[] = []
  for (let round = 0; round < 8; round += 1) {
    for (let count = 0; count < 8; count += 1) await step()
    const committed = await commit()
    if (committed.status === 201) kept.push({ ref: committed.body.commit, snapshot: workspace.graph.toSnapshot() })
  }
  for (const { ref, snapshot } of kept.sort(() => below(3) - 1)) {
    const { status } = await checkout(ref)
    expect(status, `seed ${seed}`).toBe(200)
    expect(workspace.graph.toSnapshot(), `seed ${seed} at ${ref}`).toEqual(snapshot)
  }
})

test("of the history, what changed one panel is asked for, or what one person wrote", async () => {
  const http = await withHttp()
  const { ada, id, panel, addPanel, post, get, set } = await versionDesk(http)
  await post("commit", { message: "Start" })
  const other = await addPanel("Timer")
  await post("commit", { message: "A timer" })
  await set("count", 4)
  const eve = await http.person("Eve")
  await http.world.accounts.setMember(id, eve.id, "editor")
  await eve.call("POST", "/workspace/commit", { workspace: id, message: "Four" })
  const messages = async (query: Record<string, string>) =>
    (await get("history", query)).body.commits.map(({ message }: { message: string }) => message)
  expect(await messages({})).toEqual(["Four", "A timer", "Start"])
  expect(await messages({ panel })).toEqual(["Four", "Start"])
  expect(await messages({ panel: other })).toEqual(["A timer"])
  expect(await messages({ person: "Eve" })).toEqual(["Four"])
  expect(await messages({ person: "Ada", panel })).toEqual(["Start"])
  expect(await messages({ person: "Ada", limit: "1" })).toEqual(["A timer"])
  expect(await messages({ panel: "panel_unknown" })).toEqual([])
  for (const odd of ["--output=owned", ":(top)..", "../x", "*"]) {
    const query = new URLSearchParams({ workspace: id, panel: odd })
    expect((await ada.call("GET", `/workspace/history?${query}`)).status, odd).toBe(422)
  }
})
