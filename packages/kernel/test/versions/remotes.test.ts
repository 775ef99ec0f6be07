import { execFileSync } from "node:child_process"
import { mkdir, writeFile } from "node:fs/promises"
import { devNull } from "node:os"
import { dirname, join } from "node:path"
import { expect, test } from "vitest"
import { counterSource } from "../gateway/with-http.ts"
import { versionDesk } from "./version-desk.ts"

/** A desk, and a folder of this machine in which the kernel may reach repositories. */
async function deskWithRemote() {
  const desk = await versionDesk()
  const root = join(desk.world.world.dir, "remotes")
  await mkdir(root)
  const git = (cwd: string, ...args: string[]): string => {
    const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: "1", HOME: cwd }
    const me = ["-c", "user.name=Grace", "-c", "user.email=g@example.org"]
    return execFileSync("git", [...me, ...args], { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
  }
  const bare = join(root, "home.git")
  git(root, "init", "--quiet", "--bare", "--initial-branch=main", bare)
  const setRemote = (url: string, name = "origin") =>
    desk.ada.call("PUT", `/workspace/remotes/${name}`, { workspace: desk.id, url })
  return { ...desk, root, bare, git, setRemote }
}

test("a branch is pushed to a bare repository, which plain git clones and logs", { timeout: 60_000 }, async () => {
  const { root, bare, git, setRemote, post, get, set, panel } = await deskWithRemote()
  expect((await setRemote(bare)).body).toMatchObject({ name: "origin", url: bare })
  expect((await get("remotes")).body).toEqual({ remotes: [{ name: "origin", url: bare }], transports: ["file"] })
  const { body: first } = await post("commit", { message: "First" })
  expect((await post("push", { remote: "origin" })).body).toEqual({ branch: "main", commit: first.commit })
  await set("count", 4)
  const { body: second } = await post("commit", { message: "Second" })
  await post("push", { remote: "origin" })
  git(root, "clone", "--quiet", bare, "copy")
  const copy = join(root, "copy")
  expect(git(copy, "log", "--format=%H %s")).toBe(`${second.commit} Second\n${first.commit} First\n`)
  expect(git(copy, "show", `HEAD:panels/${panel}/state.json`)).toContain('"count": 4')
  expect((await get("branches")).body.remote).toMatchObject([{ name: "origin/main", commit: second.commit }])
})

test("what somebody pushed with plain git is pulled and merged, with conflicts asked about", {
  timeout: 60_000,
}, async () => {
  const { root, bare, git, setRemote, post, set, state, panel } = await deskWithRemote()
  await setRemote(`file://${bare}`)
  await post("commit", { message: "First" })
  await post("push", { remote: "origin" })
  git(root, "clone", "--quiet", bare, "copy")
  const copy = join(root, "copy")
  const file = `panels/${panel}/state.json`
  const edit = async (count: number, items: string) => {
    await writeFile(join(copy, file), `{"count": ${count}, "items": ${items}}\n`)
    git(copy, "commit", "--quiet", "-am", `Count ${count}`)
    git(copy, "push", "--quiet")
  }
  await edit(0, '[{"id":"a","done":true}]')
  await set("count", 7)
  const { body: merged } = await post("pull", { remote: "origin" })
  expect(merged).toMatchObject({ status: "merged", change: { cause: { reason: "merged origin/main into main" } } })
  expect(state()).toEqual({ count: 7, items: [{ id: "a", done: true }] })
  await edit(3, '[{"id":"a","done":true}]')
  await set("count", 8)
  const { body: pushed } = await post("push", { remote: "origin" })
  expect(pushed).toMatchObject({ code: "conflict", detail: expect.stringContaining("Pull them first") })
  const { body: asked } = await post("pull", { remote: "origin" })
  expect(asked).toMatchObject({ status: "conflicts", conflicts: [{ ours: 8, theirs: 3 }] })
  const choices = [{ token: asked.conflicts[0].token, take: "theirs" }]
  expect((await post("pull", { remote: "origin", choices })).body.status).toBe("merged")
  expect(state()?.count).toBe(3)
  expect((await post("push", { remote: "origin" })).status).toBe(200)
  expect((await post("pull", { remote: "origin" })).body.status).toBe("up-to-date")
})

test("a repository of ours becomes another workspace, and both go on with each other's work", {
  timeout: 60_000,
}, async () => {
  const { ada, world, id, bare, setRemote, post, set, state, panel } = await deskWithRemote()
  await setRemote(bare)
  await post("commit", { message: "First" })
  await post("push", { remote: "origin" })
  const { body: copy, status } = await ada.call("POST", "/workspaces/import", { name: "Copy", url: bare })
  expect([status, copy.name, copy.panels]).toEqual([201, "Copy", 1])
  const other = await world.workspaces.open(copy.id)
  expect(other.graph.panel(panel)?.properties).toMatchObject({ title: "Counter", grants: [] })
  await ada.call("PUT", "/workspace/remotes/origin", { workspace: copy.id, url: bare })
  await set("count", 6)
  await post("commit")
  await post("push", { remote: "origin" })
  await ada.call("POST", "/workspace/pull", { workspace: copy.id, remote: "origin" })
  expect(other.graph.panel(panel)?.properties.state.count).toBe(6)
  expect(state()?.count).toBe(6)
  expect(other.graph.entity(id)).toBeUndefined()
})

test("a repository that knows nothing of us becomes a workspace with its panels, and keeps its other files", async () => {
  const { ada, world, root, git } = await deskWithRemote()
  const work = join(root, "work")
  git(root, "init", "--quiet", "--initial-branch=trunk", work)
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(work, path)), { recursive: true })
    await writeFile(join(work, path), text)
  }
  await put("README.md", "# Mine\n")
  await put("apps/counter.nxml", counterSource("Clicks"))
  await put("apps/broken.nxml", "<NexusPanel")
  git(work, "add", ".")
  git(work, "commit", "--quiet", "-m", "Mine")
  const { body: made } = await ada.call("POST", "/workspaces/import", { name: "Mine", url: work })
  expect(made).toMatchObject({ name: "Mine", panels: 1 })
  const branches = await ada.call("GET", `/workspace/branches?workspace=${made.id}`)
  expect(branches.body).toMatchObject({ current: "trunk", unsaved: true })
  await ada.call("POST", "/workspace/commit", { workspace: made.id, message: "As a workspace" })
  const kept = join(world.world.dir, "git", made.id)
  expect(git(kept, "show", "trunk:README.md")).toBe("# Mine\n")
  expect(git(kept, "ls-tree", "-r", "--name-only", "trunk")).toContain("workspace.json")
  expect(git(kept, "log", "--format=%s", "trunk")).toBe("As a workspace\nMine\n")
})

test("an address that is not opened, leads out of what is, or is none is refused, and nothing is left behind", async () => {
  const { ada, world, root, setRemote } = await deskWithRemote()
  const { symlink, readdir } = await import("node:fs/promises")
  await symlink("/etc", join(root, "out"))
  const before = await readdir(join(world.world.dir, "git")).catch(() => [])
  for (const [url, status] of [
    ["/etc", 403],
    [join(root, "out"), 403],
    [`${root}/../accounts.sqlite`, 422],
    ["ssh://git@example.org/x.git", 403],
    ["https://example.org/x.git", 422],
    ["ext::sh -c touch% /tmp/owned", 422],
    ["ssh://-oProxyCommand=id/x", 422],
    ["ssh://-oProxyCommand=id@host/x", 422],
    ["git@-oProxyCommand=id:x", 422],
    ["ssh://host/-x", 422],
    ["--upload-pack=id", 422],
    [join(root, "nothing.git"), 404],
  ] as const) {
    expect((await setRemote(url)).status, url).toBe(status)
    expect((await ada.call("POST", "/workspaces/import", { name: "x", url })).status, url).toBe(status)
  }
  expect(await readdir(join(world.world.dir, "git")).catch(() => [])).toEqual(before)
})

test("who may edit pushes and pulls; who owns says where", async () => {
  const { world, id, bare, setRemote, post } = await deskWithRemote()
  await setRemote(bare)
  await post("commit", { message: "First" })
  const eve = await world.person("Eve")
  await world.world.accounts.setMember(id, eve.id, "editor")
  expect((await eve.call("POST", "/workspace/push", { workspace: id, remote: "origin" })).status).toBe(200)
  expect((await eve.call("PUT", "/workspace/remotes/other", { workspace: id, url: bare })).status).toBe(403)
  await world.world.accounts.setMember(id, eve.id, "viewer")
  expect((await eve.call("POST", "/workspace/push", { workspace: id, remote: "origin" })).status).toBe(403)
  expect((await eve.call("POST", "/workspace/pull", { workspace: id, remote: "origin" })).status).toBe(403)
})
