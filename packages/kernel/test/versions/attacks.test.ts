import { chmod, mkdir, rm, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeAll, expect, test } from "vitest"
import { createGitRemotes } from "../../src/storage/git/git-remotes.ts"
import { attackTarget, version } from "./attack-target.ts"

/** The attacks on whoever runs git on refs, addresses and repositories that others made. Each must do nothing. */
beforeAll(() => {
  // A machine whose own settings would run something is no place to see that a repository's do not.
  delete process.env.GIT_DIR
})

const OPTIONS = [
  "--output=owned",
  "--upload-pack=owned.sh",
  "-cprotocol.ext.allow=always",
  "--exec=owned.sh",
  "-c",
  "--",
]

test("1 an option as a ref, branch, tag, remote or commit is no option", async () => {
  const { versions, remotes, first, unharmed } = await attackTarget()
  for (const name of OPTIONS) {
    await expect(versions.resolve("ws", name)).rejects.toMatchObject({ failure: { code: "invalid-input" } })
    for (const kind of ["branch", "tag", "remote"] as const) {
      const moving = versions.moveRef("ws", { kind, name }, { before: undefined, after: first })
      await expect(moving).rejects.toMatchObject({ failure: { code: "invalid-input" } })
    }
    await expect(versions.head("ws", name)).rejects.toThrow()
    await expect(versions.commit("ws", version({ branch: name }))).rejects.toThrow()
    await expect(versions.history("ws", 1, name)).rejects.toThrow()
    await expect(versions.read("ws", name)).rejects.toThrow()
    await expect(versions.mergeBase("ws", name, first)).rejects.toThrow()
    expect(() => remotes.parse(name)).toThrow()
  }
  await unharmed()
})

test("2 an option as a message, an author or a person stays text", async () => {
  const { versions, first, git, dir, unharmed, scratch } = await attackTarget()
  const files = new Map([["nog.json", "{}"]])
  const text = "--output=owned -c core.fsmonitor=./owned.sh\n--exec=owned.sh"
  const branch = { branch: "try", parent: undefined, files, message: text, author: text, persons: [text] }
  const id = await versions.commit("ws", version(branch))
  expect((await versions.history("ws", 1, id))[0]?.message).toBe(text)
  expect(git(join(dir, "ws"), ["cat-file", "-t", first])).toBe("commit")
  expect(scratch).toBeTruthy()
  await unharmed()
})

test("3 the ext transport, and every other but the two, is refused", async () => {
  const { remotes, script, unharmed } = await attackTarget()
  const urls = [
    `ext::${script}`,
    `ext::sh -c ${script}`,
    "fd::17",
    "http://host/x",
    "https://host/x",
    "git://host/x",
    "ftp://host/x",
    "transport::address",
    "file::/x",
    "ssh+git://host/x",
  ]
  for (const url of urls) expect(() => remotes.parse(url), url).toThrow()
  await unharmed()
})

test("4 a host, user, port or path that is an option of ssh is refused", async () => {
  const { remotes, unharmed } = await attackTarget()
  const urls = [
    "ssh://-oProxyCommand=touch owned/x",
    "ssh://-oProxyCommand=id@host/x",
    "-oProxyCommand=id:x",
    "git@-oProxyCommand=id:x",
    "ssh://host:-22/x",
    "ssh://host/-oX",
    "ssh://host/a/-x",
    "ssh://git@host/$(id)",
    "ssh://git@host/`id`",
    "ssh://git@host/a;id",
    "ssh://git@host/a b",
    "ssh://git@host/a\nb",
    "ssh://git%40host/x",
    "ssh://a:b@host/x",
    "ssh://[::1]/x",
  ]
  for (const url of urls) expect(() => remotes.parse(url), url).toThrow()
  await unharmed()
})

test("5 a file monitor in a repository's configuration does not run", async () => {
  const { git, dir, theirs, script, versions, first, commitOf, blobOf, copy, unharmed } = await attackTarget()
  for (const cwd of [join(dir, "ws"), theirs]) git(cwd, ["config", "core.fsmonitor", script])
  commitOf(`100644 blob ${blobOf("x")}\tx.nxml\n`)
  await copy()
  await versions.read("ws", first)
  await unharmed()
})

test("6 hooks run neither here nor at the other end, wherever they are said to be", async () => {
  const { git, scratch, dir, root, script, versions, remotes, first, unharmed } = await attackTarget()
  const bare = join(root, "bare.git")
  git(root, ["init", "--quiet", "--bare", bare])
  for (const repository of [join(dir, "ws"), bare]) {
    const hooks = join(repository, "hooks")
    await mkdir(hooks, { recursive: true })
    for (const hook of ["pre-receive", "update", "post-receive", "post-update", "pre-push", "reference-transaction"]) {
      await writeFile(join(hooks, hook), `#!/bin/sh\ntouch ${join(scratch, "owned")}\n`)
      await chmod(join(hooks, hook), 0o755)
    }
    git(repository, ["config", "uploadpack.packObjectsHook", script])
  }
  await remotes.push("ws", { name: "origin", ...remotes.parse(bare) }, "main", first)
  expect(await remotes.fetch("ws", { name: "origin", ...remotes.parse(bare) }, "main")).toBe(first)
  git(join(dir, "ws"), ["config", "core.hooksPath", join(dir, "ws", "hooks")])
  await versions.moveRef("ws", { kind: "tag", name: "v1" }, { before: undefined, after: first })
  expect(git(bare, ["rev-parse", "main"])).toBe(first)
  await unharmed()
})

test("7 filters that smudge and clean do not run", async () => {
  const { git, dir, script, versions, commitOf, blobOf, copy, unharmed } = await attackTarget()
  commitOf(`100644 blob ${blobOf("* filter=evil\n")}\t.gitattributes\n100644 blob ${blobOf("<x/>")}\tx.nxml\n`)
  await copy()
  for (const name of ["smudge", "clean", "process"]) git(join(dir, "other"), ["config", `filter.evil.${name}`, script])
  const head = (await versions.head("other")) ?? ""
  expect((await versions.read("other", head)).get("x.nxml")).toBe("<x/>")
  await versions.commit("other", version({ parent: head, files: new Map([["x.nxml", "<y/>"]]) }))
  await unharmed()
})

test("8 an external difference and a text conversion do not run", async () => {
  const { git, dir, script, versions, first, unharmed } = await attackTarget()
  const repository = join(dir, "ws")
  git(repository, ["config", "diff.external", script])
  git(repository, ["config", "diff.evil.textconv", script])
  git(repository, ["config", "diff.evil.command", script])
  await mkdir(join(repository, "info"), { recursive: true })
  await writeFile(join(repository, "info", "attributes"), "* diff=evil\n")
  const next = await versions.commit("ws", version({ branch: "try", files: new Map([["workspace.json", "[]\n"]]) }))
  await versions.history("ws", 10, next)
  await versions.read("ws", next)
  await versions.mergeBase("ws", next, first)
  await unharmed()
})

test("9 a repository that borrows from another place is refused, however it does", async () => {
  const { git, root, theirs, dir, commitOf, blobOf, remotes, copy, unharmed, versions } = await attackTarget()
  commitOf(`100644 blob ${blobOf("<x/>")}\tx.nxml\n`)
  const alternates = join(theirs, ".git", "objects", "info", "alternates")
  await writeFile(alternates, `${join(dir, "ws", "objects")}\n`)
  await expect(copy()).rejects.toMatchObject({ failure: { code: "forbidden" } })
  await rm(alternates)
  const pointing = join(root, "pointing")
  await mkdir(pointing)
  await writeFile(join(pointing, ".git"), `gitdir: ${join(dir, "ws")}\n`)
  const linked = join(root, "linked.git")
  git(root, ["init", "--quiet", "--bare", linked])
  await rm(join(linked, "objects"), { recursive: true })
  await symlink(join(dir, "ws", "objects"), join(linked, "objects"))
  for (const path of [pointing, linked]) {
    const copying = remotes.copy("other", remotes.parse(path))
    await expect(copying).rejects.toMatchObject({ failure: { code: "forbidden" } })
  }
  expect(await versions.head("other")).toBeUndefined()
  await copy()
  expect(await versions.head("other")).toMatch(/^[0-9a-f]{40}$/)
  await unharmed()
})

test("10 attributes that a commit brings change no byte of what is read", async () => {
  const { commitOf, blobOf, copy, versions, unharmed } = await attackTarget()
  const source = "a\r\nb $Id$\n"
  commitOf(
    `100644 blob ${blobOf("* text eol=lf ident working-tree-encoding=UTF-16\n")}\t.gitattributes\n100644 blob ${blobOf(source)}\tx.nxml\n`,
  )
  await copy()
  const head = (await versions.head("other")) ?? ""
  expect((await versions.read("other", head)).get("x.nxml")).toBe(source)
  await unharmed()
})

test("11 the address of a submodule is never followed, and one that is an option is refused", async () => {
  const { commitOf, blobOf, copy, filesOf, first, unharmed, script } = await attackTarget()
  const link = `160000 commit ${first}\tsub\n`
  const modules = (url: string) =>
    `100644 blob ${blobOf(`[submodule "sub"]\n\tpath = sub\n\turl = ${url}\n`)}\t.gitmodules\n`
  commitOf(`${modules("-oProxyCommand=touch")}${link}`)
  await expect(copy()).rejects.toMatchObject({ failure: { code: "unavailable" } })
  commitOf(`${modules(`/nowhere/${script}`)}${link}100644 blob ${blobOf("<x/>")}\tx.nxml\n`)
  await copy()
  expect(await filesOf()).toEqual([".gitmodules", "x.nxml"])
  await unharmed()
})

test("12 a link that leads out of the tree is no file", async () => {
  const { commitOf, blobOf, copy, filesOf, unharmed } = await attackTarget()
  commitOf(
    `120000 blob ${blobOf("/etc/passwd")}\tpanel.nxml\n120000 blob ${blobOf("../..")}\tworkspace.json\n100755 blob ${blobOf("#!/bin/sh")}\trun.nxml\n100644 blob ${blobOf("<x/>")}\tx.nxml\n`,
  )
  await copy()
  expect(await filesOf()).toEqual(["x.nxml"])
  await unharmed()
})

test("13 a tree whose names climb out, or mean the repository itself, is refused", async () => {
  const { theirs, git, blobOf, copy, versions, unharmed } = await attackTarget()
  for (const name of ["..", ".", ".git", ".GIT", "git~1"]) {
    const entry = Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blobOf("x"), "hex")])
    const file = join(theirs, "raw")
    await writeFile(file, entry)
    const tree = git(theirs, ["hash-object", "-t", "tree", "-w", "--literally", file])
    await rm(file)
    git(theirs, ["update-ref", "refs/heads/main", git(theirs, ["commit-tree", tree, "-m", "x"])])
    await expect(copy(), name).rejects.toMatchObject({ failure: { code: "unavailable" } })
    expect(await versions.head("other")).toBeUndefined()
  }
  await unharmed()
})

test("14 a line's end in a ref, an author or a path begins no new command", async () => {
  const { versions, first, git, dir, unharmed } = await attackTarget()
  for (const name of ["a\nupdate refs/heads/main 0", "a\0b", "a\ndelete refs/heads/main"]) {
    const moving = versions.moveRef("ws", { kind: "branch", name }, { before: undefined, after: first })
    await expect(moving).rejects.toMatchObject({ failure: { code: "invalid-input" } })
    await expect(versions.resolve("ws", name)).rejects.toMatchObject({ failure: { code: "invalid-input" } })
  }
  const author = "Eve <e@x> 0 +0000\ncommitter Ada <a@x> 0 +0000\n\nreset refs/heads/main"
  const id = await versions.commit("ws", version({ branch: "try", author, persons: ["x\nNexus-Seq: 99"] }))
  expect(git(join(dir, "ws"), ["log", "-1", "--format=%cn", id])).toBe("Nexus")
  expect((await versions.history("ws", 1, id))[0]?.seq).toBe(1)
  await unharmed()
})

test("15 a repository that is too large, or whose objects are not sound, is refused", async () => {
  const { dir, root, commitOf, blobOf, copy, theirs, git, versions, unharmed } = await attackTarget()
  const noise = () =>
    crypto.getRandomValues(new Uint8Array(65_536)).reduce((text, byte) => text + byte.toString(36), "")
  const entries = Array.from({ length: 6 }, (_, index) => `100644 blob ${blobOf(noise())}\tx${index}.nxml\n`)
  commitOf(entries.join(""))
  const small = createGitRemotes({ dir, env: process.env, opened: [root], maxBytes: 100_000 })
  await expect(small.copy("other", small.parse(theirs))).rejects.toMatchObject({ failure: { code: "too-large" } })
  await versions.forget("other")
  const bad = git(
    theirs,
    ["hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
    `tree ${"0".repeat(40)}\nauthor x\n\n`,
  )
  await writeFile(join(theirs, ".git", "refs", "heads", "main"), `${bad}\n`)
  await expect(copy()).rejects.toMatchObject({ failure: { code: expect.stringMatching(/unavailable|not-found/) } })
  expect(await versions.head("other")).toBeUndefined()
  await unharmed()
})

test("16 objects that stand in for others, included configuration and refs that point elsewhere change nothing", async () => {
  const { git, dir, versions, first, script, unharmed, scratch } = await attackTarget()
  const repository = join(dir, "ws")
  const fake = git(repository, ["commit-tree", git(repository, ["mktree"], ""), "-m", "fake"])
  git(repository, ["replace", first, fake])
  await writeFile(join(repository, "included"), `[core]\n\tfsmonitor = ${script}\n[alias]\n\tlog = !${script}\n`)
  git(repository, ["config", "include.path", "included"])
  git(repository, ["config", "alias.cat-file", `!${script}`])
  expect([...(await versions.read("ws", first)).keys()]).toEqual(["workspace.json"])
  expect((await versions.history("ws", 1, first))[0]?.message).toBe("First")
  git(repository, ["symbolic-ref", "refs/heads/way", "refs/heads/main"])
  const next = await versions.commit("ws", version({ branch: "apart", files: new Map([["nog.json", "[]"]]) }))
  await versions.moveRef("ws", { kind: "branch", name: "way" }, { before: first, after: next })
  expect(await versions.head("ws")).toBe(first)
  expect(scratch).toBeTruthy()
  await unharmed()
})
