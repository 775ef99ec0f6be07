import { execFileSync } from "node:child_process"
import { existsSync } from "node:fs"
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { devNull, tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished } from "vitest"
import { createGitRemotes } from "../../src/storage/git/git-remotes.ts"
import { createGitVersions } from "../../src/storage/git/git-versions.ts"
import type { NewVersion } from "../../src/storage/versions.ts"

/** A store with one commit, a way out to `remotes`, and a script that leaves `owned` behind when anything runs it. */
export async function attackTarget() {
  const scratch = await mkdtemp(join(tmpdir(), "nexus-attack-"))
  onTestFinished(() => rm(scratch, { recursive: true }))
  const [dir, root, owned] = [join(scratch, "git"), join(scratch, "remotes"), join(scratch, "owned")]
  const script = join(scratch, "owned.sh")
  await writeFile(script, `#!/bin/sh\ntouch ${owned}\ncat\n`)
  await chmod(script, 0o755)
  await mkdir(root)
  const versions = createGitVersions({ dir, env: process.env })
  const remotes = createGitRemotes({ dir, env: process.env, opened: [root], maxBytes: 4 * 1024 * 1024 })
  const first = await versions.commit("ws", version())
  const git = (cwd: string, args: readonly string[], input = ""): string => {
    const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: "1", HOME: cwd }
    const me = ["-c", "user.name=Eve", "-c", "user.email=e@example.org", "-c", "protocol.file.allow=always"]
    const stdio = ["pipe", "pipe", "pipe"] as const
    return execFileSync("git", [...me, ...args], { cwd, env, encoding: "utf8", stdio: [...stdio], input }).trim()
  }
  const theirs = join(root, "theirs")
  git(root, ["init", "--quiet", "--initial-branch=main", theirs])
  /** A commit of a tree with these entries, made object by object as no honest git would. */
  const commitOf = (entries: string, branch = "main"): string => {
    const tree = git(theirs, ["mktree", "--missing"], entries)
    const commit = git(theirs, ["commit-tree", tree, "-m", "x"])
    git(theirs, ["update-ref", `refs/heads/${branch}`, commit])
    return commit
  }
  const blobOf = (text: string) => git(theirs, ["hash-object", "-w", "--stdin"], text)
  const copy = () => remotes.copy("other", remotes.parse(theirs))
  const filesOf = async () => {
    const head = await versions.head("other")
    return head === undefined ? undefined : [...(await versions.read("other", head)).keys()].sort()
  }
  const unharmed = async () => {
    expect(existsSync(owned)).toBe(false)
    expect(await versions.head("ws")).toBe(first)
    expect((await readdir(scratch)).sort()).toEqual(["git", "owned.sh", "remotes"])
  }
  return {
    scratch,
    dir,
    root,
    owned,
    script,
    versions,
    remotes,
    first,
    git,
    theirs,
    commitOf,
    blobOf,
    copy,
    filesOf,
    unharmed,
  }
}

export function version(more: Partial<NewVersion> = {}): NewVersion {
  const files = new Map([["workspace.json", "{}\n"]])
  return { parent: undefined, files, message: "First", author: "Ada", atMs: 0, seq: 1, ...more }
}
