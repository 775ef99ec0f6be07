import { existsSync } from "node:fs"
import { mkdir, readdir, readFile, truncate, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { counterSource } from "../gateway/with-http.ts"
import { attackTarget } from "./attack-target.ts"
import { versionDesk } from "./version-desk.ts"

/** What an imported repository may bring along beside the attacks on git itself. Nothing of it may run, fill or lead out. */

test("a small pack that unpacks to more than a version may hold is refused when it is read", {
  timeout: 60_000,
}, async () => {
  const { root, theirs, git, commitOf, copy, versions, unharmed } = await attackTarget()
  const big = join(root, "big")
  await writeFile(big, "")
  await truncate(big, 201 * 1024 * 1024)
  commitOf(`100644 blob ${git(theirs, ["hash-object", "-w", big])}\tbig.nxml\n`)
  await copy()
  const head = (await versions.head("other")) ?? ""
  await expect(versions.read("other", head)).rejects.toMatchObject({ failure: { code: "too-large", unit: "bytes" } })
  expect((await versions.read("other", head, (path) => path !== "big.nxml")).size).toBe(0)
  await unharmed()
})

test("more branches and tags than are taken are refused before anything is fetched", async () => {
  const { theirs, git, dir, commitOf, blobOf, copy, versions, unharmed } = await attackTarget()
  const commit = commitOf(`100644 blob ${blobOf("<x/>")}\tx.nxml\n`)
  const refs = Array.from({ length: 501 }, (_, index) => `create refs/tags/t${index} ${commit}\n`)
  git(theirs, ["update-ref", "--stdin"], refs.join(""))
  await expect(copy()).rejects.toMatchObject({ failure: { code: "too-large", unit: "branches and tags" } })
  expect(await versions.head("other")).toBeUndefined()
  expect(await readdir(join(dir, "other", "objects", "pack"))).toEqual([])
  await unharmed()
})

test("names that some file systems take for .git are refused", { timeout: 30_000 }, async () => {
  const { theirs, git, commitOf, blobOf, copy, versions, unharmed } = await attackTarget()
  for (const name of [".g\u200cit", ".git ", ".git.", ".git::$INDEX_ALLOCATION", ".Git"]) {
    commitOf(`100644 blob ${blobOf("x")}\t${name}\n`)
    await expect(copy(), name).rejects.toMatchObject({ failure: { code: "unavailable" } })
    expect(await versions.head("other")).toBeUndefined()
  }
  expect(git(theirs, ["rev-parse", "main"])).toMatch(/^[0-9a-f]{40}$/)
  await unharmed()
})

test("hooks, settings and attributes of an imported repository stay where they are", async () => {
  const { theirs, dir, script, git, commitOf, blobOf, copy, filesOf, unharmed } = await attackTarget()
  commitOf(`100644 blob ${blobOf("<x/>")}\tx.nxml\n`)
  const hooks = join(theirs, ".git", "hooks")
  await mkdir(hooks, { recursive: true })
  for (const hook of ["post-checkout", "post-merge", "pre-auto-gc", "reference-transaction"]) {
    await writeFile(join(hooks, hook), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  }
  git(theirs, ["config", "alias.cat-file", `!${script}`])
  git(theirs, ["config", "core.sshCommand", script])
  await mkdir(join(theirs, ".git", "info"), { recursive: true })
  await writeFile(join(theirs, ".git", "info", "attributes"), "* filter=evil\n")
  await copy()
  expect(await filesOf()).toEqual(["x.nxml"])
  const kept = await readFile(join(dir, "other", "config"), "utf8")
  for (const word of ["alias", "sshCommand", "filter", "remote"]) expect(kept).not.toContain(word)
  for (const place of ["hooks/post-checkout", "info/attributes"]) {
    expect(existsSync(join(dir, "other", place)), place).toBe(false)
  }
  await unharmed()
})

test("refs that lead elsewhere, and refs outside of branches and tags, are not taken", async () => {
  const { theirs, git, dir, commitOf, blobOf, copy, unharmed } = await attackTarget()
  const commit = commitOf(`100644 blob ${blobOf("<x/>")}\tx.nxml\n`)
  for (const ref of ["refs/nexus/draft", "refs/replace/x", "refs/notes/commits", "refs/remotes/a/b"]) {
    git(theirs, ["update-ref", ref, commit])
  }
  git(theirs, ["symbolic-ref", "refs/heads/way", "refs/nexus/draft"])
  await copy()
  const refs = git(join(dir, "other"), ["for-each-ref", "--format=%(refname) %(symref)"]).split("\n")
  expect(refs.map((ref) => ref.trim())).toEqual(["refs/heads/main", "refs/heads/way"])
  await unharmed()
})

test("a workspace that is written to mislead is no workspace: its import is refused, and nothing of it stays", {
  timeout: 60_000,
}, async () => {
  const { ada, world } = await versionDesk()
  const folder = join(world.world.dir, "remotes")
  await mkdir(folder)
  const { git, commitOf, blobOf, theirs } = await attackTarget()
  const panel = { id: "panel_x", title: "X", frame: { x: 0, y: 0, w: 100, h: 100 } }
  const workspace = (more: object = {}) =>
    JSON.stringify({ format: 1, id: "w", name: "W", properties: {}, panels: [panel], ...more })
  const nog = (entities: readonly object[] = []) => JSON.stringify({ entities, relationships: [] })
  const granting = { id: "panel_y", kind: "panel", name: "Y", scope: "w", properties: { grants: ["http:*"] } }
  const outside = { ...panel, id: "../../../etc" }
  const cases: readonly (readonly [string, string, string, string])[] = [
    ["no JSON", "{", nog(), "{}"],
    ["a format of the future", workspace({ format: 99 }), nog(), "{}"],
    ["an id that leads out", workspace({ panels: [outside] }), nog(), "{}"],
    ["a panel among the entities, with rights", workspace(), nog([granting]), "{}"],
    ["a state that is no object", workspace(), nog(), "[]"],
  ]
  const before = (await ada.call("GET", "/workspaces")).body.workspaces.length
  for (const [index, [name, root, graph, state]] of cases.entries()) {
    const inside = git(
      theirs,
      ["mktree"],
      `100644 blob ${blobOf(counterSource())}\tpanel.nxml\n100644 blob ${blobOf(state)}\tstate.json\n`,
    )
    const panels = git(theirs, ["mktree"], `040000 tree ${inside}\tpanel_x\n`)
    commitOf(
      `100644 blob ${blobOf(graph)}\tnog.json\n040000 tree ${panels}\tpanels\n100644 blob ${blobOf(root)}\tworkspace.json\n`,
    )
    const url = join(folder, `case${index}.git`)
    git(folder, ["clone", "--quiet", "--bare", theirs, url])
    const { status, body } = await ada.call("POST", "/workspaces/import", { name, url })
    expect([status, body.code], name).toEqual([422, "invalid-input"])
  }
  expect((await ada.call("GET", "/workspaces")).body.workspaces).toHaveLength(before)
  expect((await readdir(join(world.world.dir, "git"))).filter((entry) => entry.startsWith("ws_"))).toEqual([])
})
