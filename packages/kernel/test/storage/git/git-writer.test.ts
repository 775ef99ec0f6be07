import { execFileSync, spawn } from "node:child_process"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { expect, onTestFinished, test } from "vitest"
import { createGitVersions } from "../../../src/storage/git/git-versions.ts"
import type { NewVersion } from "../../../src/storage/versions.ts"

async function open() {
  const scratch = await mkdtemp(join(tmpdir(), "nexus-git-writer-"))
  const dir = join(scratch, "git")
  const versions = createGitVersions({ dir, env: process.env })
  onTestFinished(async () => {
    await versions.close()
    await rm(scratch, { recursive: true })
  })
  return { versions, dir, repository: join(dir, "ws_1") }
}

const version = (parent: string | undefined, round: number, panels = 3): NewVersion => ({
  parent,
  files: new Map(
    Array.from({ length: panels }, (_, panel) => [`panels/p${panel}/state.json`, `${round} of ${panel}\n`]),
  ),
  message: `Round ${round}`,
  author: "Ada",
  atMs: 1_772_000_000_000 + round * 1000,
  seq: round,
})

function git(repository: string, ...args: string[]): string {
  return execFileSync("git", [`--git-dir=${repository}`, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  })
}

/** The git processes that stand in a repository now. */
function standing(repository: string): { readonly pid: number; readonly what: string }[] {
  return execFileSync("ps", ["-ww", "-eo", "pid,stat,args"], { encoding: "utf8" })
    .split("\n")
    .flatMap((line) => {
      const [, pid, , what] = /^\s*(\d+) ([^Z]\S*)\s+git .* (fast-import|update-ref) /.exec(line) ?? []
      return line.includes(`--git-dir=${repository} `) && what ? [{ pid: Number(pid), what }] : []
    })
}

/** What plain git finds wrong. Objects of a commit that never was are nothing wrong. */
function wrongIn(repository: string): string {
  return git(repository, "fsck", "--strict", "--full", "--no-dangling")
}

test("commits one after the other share two processes, and none is left when the store closes", async () => {
  const { versions, repository } = await open()
  let head: string | undefined
  const seen = new Set<number>()
  for (let round = 1; round <= 4; round += 1) {
    head = await versions.commit("ws_1", version(head, round))
    for (const { pid } of standing(repository)) seen.add(pid)
  }
  expect(seen.size).toBe(2)
  await versions.close()
  expect(standing(repository)).toEqual([])
  expect(git(repository, "log", "--format=%s")).toBe("Round 4\nRound 3\nRound 2\nRound 1\n")
  expect(wrongIn(repository)).toBe("")
})

test("a workspace that rests has no process, and its next commit is as good as any", async () => {
  const { versions, repository } = await open()
  const first = await versions.commit("ws_1", version(undefined, 1))
  await versions.rest("ws_1")
  expect(standing(repository)).toEqual([])
  const second = await versions.commit("ws_1", version(first, 2))
  expect(await versions.head("ws_1")).toBe(second)
})

test("a process that was killed between two commits is not missed", async () => {
  const { versions, repository } = await open()
  let head: string | undefined
  for (let round = 1; round <= 3; round += 1) {
    head = await versions.commit("ws_1", version(head, round))
    for (const { pid } of standing(repository)) process.kill(pid, "SIGKILL")
  }
  expect(await versions.history("ws_1", 10)).toHaveLength(3)
  expect(wrongIn(repository)).toBe("")
})

test("whatever is killed in the middle of commits, none that was acknowledged is lost", async () => {
  const { versions, repository } = await open()
  const acknowledged = [await versions.commit("ws_1", version(undefined, 0, 200))]
  for (let round = 1; round <= 8; round += 1) {
    const commit = versions.commit("ws_1", version(await versions.head("ws_1"), round, 200))
    let over = false
    const done = commit.then(
      (id) => acknowledged.push(id),
      () => undefined,
    )
    void done.finally(() => {
      over = true
    })
    // Each round lets the commit come a little further first.
    for (let step = 0; step < round && !over; step += 1) await new Promise((resolve) => setImmediate(resolve))
    for (const { pid } of standing(repository)) process.kill(pid, "SIGKILL")
    await done
  }
  const kept = git(repository, "log", "--format=%H", "main").trim().split("\n")
  expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([])
  expect(git(repository, "for-each-ref", "--format=%(refname)")).toBe("refs/heads/main\n")
  expect(wrongIn(repository)).toBe("")
})

test("whoever commits may be killed: nothing acknowledged is lost and the next one goes on", async () => {
  const { versions, dir, repository } = await open()
  const acknowledged: string[] = []
  for (let life = 0; life < 2; life += 1) {
    const script = fileURLToPath(new URL("commit-forever.ts", import.meta.url))
    const child = spawn(process.execPath, [script, dir], { stdio: ["ignore", "pipe", "inherit"] })
    const gone = new Promise((resolve) => child.once("close", resolve))
    let heard = 0
    for await (const id of createInterface({ input: child.stdout })) {
      acknowledged.push(id)
      heard += 1
      if (heard === 3) child.kill("SIGKILL")
    }
    await gone
  }
  await expect.poll(() => standing(repository)).toEqual([])
  const head = await versions.head("ws_1")
  const last = await versions.commit("ws_1", version(head, 1000))
  const kept = git(repository, "log", "--format=%H", "main").trim().split("\n")
  expect(kept[0]).toBe(last)
  expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([])
  expect(wrongIn(repository)).toBe("")
  expect((await readdir(repository)).filter((name) => name.startsWith("fast_import"))).toEqual([])
})

test("a branch is read where it stands: packed, moved by another git, or not at all", async () => {
  const { versions, repository } = await open()
  const first = await versions.commit("ws_1", version(undefined, 1))
  const second = await versions.commit("ws_1", version(first, 2))
  git(repository, "pack-refs", "--all")
  expect((await readdir(join(repository, "refs", "heads"))).length).toBe(0)
  expect(await versions.head("ws_1")).toBe(second)
  git(repository, "update-ref", "refs/heads/main", first)
  expect(await versions.head("ws_1")).toBe(first)
  await expect(versions.commit("ws_1", version(second, 3))).rejects.toMatchObject({ failure: { code: "conflict" } })
  const third = await versions.commit("ws_1", version(first, 4))
  expect(git(repository, "log", "--format=%s", "main")).toBe("Round 4\nRound 1\n")
  git(repository, "update-ref", "-d", "refs/heads/main", third)
  expect(await versions.head("ws_1")).toBeUndefined()
})
