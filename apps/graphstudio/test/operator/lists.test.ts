import { expect, test } from "vitest"
import { chooseRuns, placed } from "../../src/operator/all-runs.ts"
import { chooseEvents, gather } from "../../src/operator/gather-events.ts"

const run = (id: string, at: number, more: object = {}) => ({
  ...{ run: id, panel: "p", title: "Groceries", handler: "add", trigger: "event" as const },
  ...{ at, status: "finished" as const, turns: 1, seq: 0, cut: false },
  ...more,
})
const event = (at: number, summary: string, type = "change_committed") => ({ at, type, summary })

test("runs of several workspaces are one list, newest first, and each knows its workspace", () => {
  const runs = placed([
    { workspace: "a", runs: [run("r1", 10), run("r2", 30)] },
    { workspace: "b", runs: [run("r1", 20)] },
  ])
  expect(runs.map(({ workspace, run }) => `${workspace} ${run}`)).toEqual(["a r2", "b r1", "a r1"])
})

test("runs are chosen by workspace, by how they ended, and by words in panel, handler or person", () => {
  const runs = placed([
    { workspace: "a", runs: [run("r1", 1, { status: "failed" }), run("r2", 2, { person: { id: "u", name: "Ada" } })] },
    { workspace: "b", runs: [run("r3", 3, { title: "Weather", handler: "refresh" })] },
  ])
  const chosen = (filter: object) =>
    chooseRuns(runs, { workspace: "", status: "all", text: "", ...filter }).map(({ run }) => run)
  expect(chosen({})).toEqual(["r3", "r2", "r1"])
  expect(chosen({ workspace: "b" })).toEqual(["r3"])
  expect(chosen({ status: "failed" })).toEqual(["r1"])
  expect(chosen({ text: " ada " })).toEqual(["r2"])
  expect(chosen({ text: "REFRESH" })).toEqual(["r3"])
})

test("events that come twice stand once, newest first, and the same list stays where nothing came", () => {
  const known = gather([], [event(2, "b"), event(1, "a")])
  expect(gather(known, [event(2, "b")])).toBe(known)
  expect(gather(known, [event(3, "c"), event(2, "b")]).map(({ summary }) => summary)).toEqual(["c", "b", "a"])
  const many = Array.from({ length: 600 }, (_, at) => event(at, `n${at}`))
  expect(gather([], many)).toHaveLength(500)
  expect(gather([], many)[0]?.summary).toBe("n599")
})

test("events are found by what happened, its kind, or who did it", () => {
  const by = { kind: "person", id: "u", name: "Ada" } as const
  const events = [{ ...event(2, "moved Groceries"), actor: by }, event(1, "add finished", "execution_completed")]
  expect(chooseEvents(events, "ada")).toHaveLength(1)
  expect(chooseEvents(events, "execution completed")).toHaveLength(1)
  expect(chooseEvents(events, "")).toBe(events)
  expect(chooseEvents(events, "nothing")).toEqual([])
})
