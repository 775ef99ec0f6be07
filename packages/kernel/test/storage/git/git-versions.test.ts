import { execFileSync } from "node:child_process"
import { existsSync } from "node:fs"
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { devNull, tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { versionsAcceptance } from "../../../acceptance/versions.ts"
import { createGitVersions } from "../../../src/storage/git/git-versions.ts"
import type { NewVersion } from "../../../src/storage/versions.ts"

async function open(env: NodeJS.ProcessEnv = process.env) {
  const scratch = await mkdtemp(join(tmpdir(), "nexus-git-"))
  const dir = join(scratch, "git")
  onTestFinished(() => rm(scratch, { recursive: true }))
  return { versions: createGitVersions({ dir, env }), scratch, dir }
}

/** Git as a person would run it, without this machine's settings. */
function git(cwd: string, ...args: string[]): string {
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: "1", HOME: cwd }
  return execFileSync("git", args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
}

const version = (more: Partial<NewVersion> = {}): NewVersion => ({
  parent: undefined,
  files: new Map([
    ["workspace.json", "{}\n"],
    ["panels/panel_1/panel.nxml", "<NexusPanel/>"],
  ]),
  message: "First",
  author: "Ada",
  atMs: 1_772_000_000_000,
  seq: 7,
  ...more,
})

versionsAcceptance(open)

test("plain git clones, logs and checks what we wrote", async () => {
  const store = await open()
  const first = await store.versions.commit("ws_1", version())
  const files = new Map([...version().files, ["nog.json", "[]\n"]])
  const second = await store.versions.commit("ws_1", version({ parent: first, message: "Second", files, seq: 8 }))
  git(store.scratch, "clone", "--quiet", join(store.dir, "ws_1"), "copy")
  const copy = join(store.scratch, "copy")
  expect(await readFile(join(copy, "panels/panel_1/panel.nxml"), "utf8")).toBe("<NexusPanel/>")
  expect(git(copy, "log", "--format=%H %s %an")).toBe(`${second} Second Ada\n${first} First Ada\n`)
  expect(git(copy, "log", "-1", "--format=%(trailers:key=Nexus-Seq,valueonly)").trim()).toBe("8")
  expect(git(copy, "fsck", "--strict", "--full")).toBe("")
  expect(git(copy, "status", "--porcelain")).toBe("")
  expect(git(join(store.dir, "ws_1"), "for-each-ref", "--format=%(refname)")).toBe("refs/heads/main\n")
})

test("names and messages cannot break out of the commit", async () => {
  const store = await open()
  const author = "Eve <evil@x>\ncommitter Mallory <m@x> 0 +0000\n\0"
  const message = "A\0B\n\ndata 3\ndone\nM 100644 inline evil\nNexus-Seq: 999\n\nNexus-Seq: 12"
  const id = await store.versions.commit("ws_1", version({ author, message }))
  const [entry] = await store.versions.history("ws_1", 1)
  expect(entry).toMatchObject({ id, seq: 7 })
  expect(entry?.message.startsWith("A B\n\ndata 3\ndone")).toBe(true)
  expect([...(await store.versions.read("ws_1", id)).keys()].sort()).toEqual([...version().files.keys()].sort())
  expect(git(join(store.dir, "ws_1"), "fsck", "--strict", "--full")).toBe("")
  expect(git(join(store.dir, "ws_1"), "log", "-1", "--format=%cn")).toBe("Nexus\n")
})

test("what a repository brings along is never run", async () => {
  const store = await open()
  const first = await store.versions.commit("ws_1", version())
  const repository = join(store.dir, "ws_1")
  const marker = join(store.scratch, "owned")
  const script = join(store.scratch, "owned.sh")
  await writeFile(script, `#!/bin/sh\ntouch ${marker}\ncat\n`)
  await chmod(script, 0o755)
  git(repository, "config", "core.hooksPath", store.scratch)
  git(repository, "config", "core.fsmonitor", script)
  git(repository, "config", "core.pager", script)
  git(repository, "config", "core.alternateRefsCommand", script)
  git(repository, "config", "filter.evil.smudge", script)
  git(repository, "config", "diff.external", script)
  git(repository, "config", "gpg.program", script)
  git(repository, "config", "log.showSignature", "true")
  git(repository, "config", "commit.gpgSign", "true")
  for (const hook of ["reference-transaction", "pre-commit", "post-commit", "update", "post-update"]) {
    await writeFile(join(store.scratch, hook), `#!/bin/sh\ntouch ${marker}\n`)
    await chmod(join(store.scratch, hook), 0o755)
  }
  await mkdir(join(repository, "info"), { recursive: true })
  await writeFile(join(repository, "info", "attributes"), "* filter=evil\n")
  const files = new Map([
    ["panels/panel_1/panel.nxml", "<Other/>"],
    [".gitattributes", "* filter=evil diff=evil\n"],
  ])
  const second = await store.versions.commit("ws_1", version({ parent: first, files }))
  expect(await store.versions.read("ws_1", second)).toEqual(files)
  await store.versions.history("ws_1", 10)
  await store.versions.resolve("ws_1", "main")
  expect(existsSync(marker)).toBe(false)
})

test("a ref that looks like an option writes no file", async () => {
  const store = await open()
  await store.versions.commit("ws_1", version())
  const before = await readdir(store.scratch)
  const target = join(store.scratch, "written")
  await store.versions.resolve("ws_1", `--output=${target}`).catch(() => undefined)
  expect(await readdir(store.scratch)).toEqual(before)
})

test("settings of the machine do not reach git", async () => {
  const quiet = await open()
  const home = join(quiet.scratch, "home.gitconfig")
  await writeFile(home, '[core]\n\tpager = "exit 9"\n[user]\n\tname = Somebody Else\n[log]\n\tdate = bogus\n')
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: home,
    GIT_DIR: "/nowhere",
    GIT_INDEX_FILE: "/nowhere/index",
    HOME: quiet.scratch,
  }
  const versions = createGitVersions({ dir: quiet.dir, env })
  await versions.commit("ws_1", version())
  expect(await versions.history("ws_1", 1)).toMatchObject([{ author: "Ada" }])
})

test("without git a sentence says what to install", async () => {
  const store = await open({ PATH: "/nowhere" })
  const error = await store.versions.commit("ws_1", version()).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ failure: { code: "unavailable", what: "Version history" } })
  expect(String(error)).toContain("apt install git")
  expect(await store.versions.history("ws_1", 10)).toEqual([])
})

test("the lock of an interrupted commit is named, and committing works once it is gone", async () => {
  const store = await open()
  const parent = await store.versions.commit("ws_1", version())
  const lock = join(store.dir, "ws_1", "refs", "heads", "main.lock")
  await writeFile(lock, "")
  const next = version({ parent, files: new Map([["nog.json", "[]\n"]]) })
  const error = await store.versions.commit("ws_1", next).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ failure: { code: "unavailable", detail: expect.stringContaining("main.lock") } })
  await rm(lock)
  expect(await store.versions.commit("ws_1", next)).toMatch(/^[0-9a-f]{40}$/)
})

test("a thousand panels are committed and read back", async () => {
  const store = await open()
  const files = new Map(
    Array.from({ length: 1000 }, (_, index) => [`panels/panel_${index}/panel.nxml`, `<NexusPanel title="${index}"/>`]),
  )
  const id = await store.versions.commit("ws_1", version({ files }))
  expect(await store.versions.read("ws_1", id)).toEqual(files)
})
