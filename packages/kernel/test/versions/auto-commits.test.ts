import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { type AutoCommits, createAutoCommits } from "../../src/versions/auto-commits.ts"
import { versionDesk } from "./version-desk.ts"

const MINUTE_MS = 60_000

/** The clock of timers in our hands, and what was committed when. */
function counted() {
  const committed: string[] = []
  const { values } = createMemoryJournal()
  const create = (): AutoCommits =>
    createAutoCommits({ commit: async (id) => committed.push(id), values, clock: Date.now, log: () => undefined })
  const change = (workspace = "ws", kind: "person" | "git" = "person") => ({
    workspace,
    seq: 1,
    submission: "s",
    cause: { actor: { kind, id: "u", name: "Ada" }, reason: "x" },
    operations: [],
    at: 0,
  })
  return { committed, create, change }
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-03-01T22:00:00Z") })
})
afterEach(() => {
  vi.useRealTimers()
})

test("nothing is committed that nobody asked for", async () => {
  const { committed, create, change } = counted()
  const auto = create()
  for (let count = 0; count < 50; count += 1) auto.onChange(change())
  await vi.advanceTimersByTimeAsync(48 * 60 * MINUTE_MS)
  expect(committed).toEqual([])
  expect(await auto.read("ws")).toEqual({ when: "off" })
})

test("after so many changes, each workspace for itself; a switch is none of them", async () => {
  const { committed, create, change } = counted()
  const auto = create()
  await auto.set("ws", { when: "changes", count: 3 })
  const changed = async (times: number, kind?: "git") => {
    for (let count = 0; count < times; count += 1) auto.onChange(change("ws", kind))
    auto.onChange(change("other"))
    await vi.advanceTimersByTimeAsync(0)
  }
  await changed(1)
  await changed(5, "git")
  expect(committed).toEqual([])
  await changed(1)
  expect(committed).toEqual(["ws"])
  await changed(2)
  expect(committed).toEqual(["ws"])
  await changed(1)
  expect(committed).toEqual(["ws", "ws"])
})

test("after a quiet time, counted from the last change", async () => {
  const { committed, create, change } = counted()
  const auto = create()
  await auto.set("ws", { when: "quiet", minutes: 5 })
  for (let count = 0; count < 4; count += 1) {
    auto.onChange(change())
    await vi.advanceTimersByTimeAsync(4 * MINUTE_MS)
  }
  expect(committed).toEqual([])
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  expect(committed).toEqual(["ws"])
  await vi.advanceTimersByTimeAsync(60 * MINUTE_MS)
  expect(committed).toEqual(["ws"])
})

test("once a day, at midnight, when something changed", async () => {
  const { committed, create, change } = counted()
  const auto = create()
  await auto.set("ws", { when: "daily" })
  auto.onChange(change())
  await vi.advanceTimersByTimeAsync(119 * MINUTE_MS)
  expect(committed).toEqual([])
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  expect(committed).toEqual(["ws"])
  await vi.advanceTimersByTimeAsync(48 * 60 * MINUTE_MS)
  expect(committed).toEqual(["ws"])
})

test("what was changed before the kernel ended is committed by the next one", async () => {
  const { committed, create, change } = counted()
  const first = create()
  await first.set("ws", { when: "quiet", minutes: 5 })
  first.onChange(change())
  first.close()
  await vi.advanceTimersByTimeAsync(60 * MINUTE_MS)
  expect(committed).toEqual([])
  await create().wake(["ws", "other"])
  await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
  expect(committed).toEqual(["ws"])
})

test("the commit says what changed and whose work it is, and its author is Nexus", async () => {
  vi.useRealTimers()
  const { world, ada, id, set, get } = await versionDesk()
  const path = `/workspaces/${id}/auto-commit`
  expect((await ada.call("PUT", path, { autoCommit: { when: "changes", count: 3 } })).status).toBe(200)
  expect((await ada.call("GET", path)).body).toEqual({ when: "changes", count: 3 })
  await set("count", 1)
  await set("count", 2)
  await expect.poll(async () => (await get("history")).body.commits.length, { timeout: 15_000 }).toBe(1)
  const [commit] = (await get("history")).body.commits
  expect(commit).toMatchObject({ author: "Nexus", persons: ["Ada"], message: expect.stringContaining("set count") })
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: join(world.world.dir, "git", id), encoding: "utf8" })
  expect(git("log", "-1", "--format=%(trailers:key=Nexus-Person,valueonly)").trim()).toBe("Ada")
})
