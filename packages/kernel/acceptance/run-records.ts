import { Limits } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import type { HeadBody, StepBody } from "../src/records/bodies.ts"
import type { RecordedEnd, RecordedTurn, RecordLimits, RunRecords } from "../src/records/run-records.ts"

const LIMITS: RecordLimits = { recordBytes: 5000, workspaceRuns: 5, workspaceBytes: 1_000_000 }
const SOURCE = "return $args"
const GONE = { code: "unavailable", what: "The run", detail: "its kernel ended" } as const

/** What a store of recorded runs promises. `create` gives an empty one, closed when the test that made it is over. */
export function runsAreRecorded(name: string, create: (limits: RecordLimits) => Promise<RunRecords>): void {
  describe(`records of runs in ${name}`, () => {
    it("gives back a run as it was put, turn by turn", async () => {
      const records = await create(LIMITS)
      await records.put([turnOf("run_1", 0, { status: "waiting" })])
      expect(await records.read("w", "run_1")).toMatchObject({ status: "waiting", turns: 1, cut: false })
      await records.put([turnOf("run_1", 1, { seq: 7 }), endOf("run_1", 2)])
      const record = await records.read("w", "run_1")
      expect(record).toMatchObject({
        ...{
          run: "run_1",
          panel: "p",
          title: "P",
          handler: "go",
          trigger: "event",
          person: { id: "ada", name: "Ada" },
        },
        ...{ status: "finished", at: 1000, endedAt: 5000, turns: 2, seq: 7, cut: false, redacted: false },
        ...{ source: SOURCE, line: 3, seed: 5, args: { by: 2 } },
      })
      expect(record?.steps.map(({ turn, seq, after }) => ({ turn, seq, after }))).toEqual([
        { turn: 0, seq: undefined, after: { n: 1 } },
        { turn: 1, seq: 7, after: { n: 1 } },
      ])
    })

    it("keeps how a run failed, and takes no effect for done that was not", async () => {
      const records = await create(LIMITS)
      const failure = { code: "handler-failed", handler: "go", message: "no" } as const
      await records.put([turnOf("run_1", 0, { status: "failed", applied: false }), { ...endOf("run_1", 1), failure }])
      const record = await records.read("w", "run_1")
      expect(record).toMatchObject({ failure, steps: [{ state: { n: 0 }, after: { n: 0 } }] })
    })

    it("lists the newest first, by panel, handler and time, and says when there are more", async () => {
      const records = await create(LIMITS)
      await records.put([
        turnOf("run_1", 0, { at: 1 }),
        turnOf("run_2", 0, { at: 2, panel: "q" }),
        turnOf("run_3", 0, { at: 3, handler: "other" }),
        turnOf("run_4", 0, { at: 4 }),
      ])
      const list = async (wanted: object) => {
        const { runs, more } = await records.list("w", { limit: 10, ...wanted })
        return [...runs.map(({ run }) => run), ...(more ? ["more"] : [])]
      }
      expect(await list({})).toEqual(["run_4", "run_3", "run_2", "run_1"])
      expect(await list({ limit: 2 })).toEqual(["run_4", "run_3", "more"])
      expect(await list({ panel: "p", handler: "go" })).toEqual(["run_4", "run_1"])
      expect(await list({ since: 2, before: 4 })).toEqual(["run_3", "run_2"])
    })

    it("goes on behind a run, also among those that began in one millisecond", async () => {
      const records = await create(LIMITS)
      await records.put(["run_1", "run_2", "run_3"].map((run) => turnOf(run, 0, { at: 5 })))
      await records.put([turnOf("run_0", 0, { at: 4 }), turnOf("run_4", 0, { at: 6 })])
      const { runs, more } = await records.list("w", { limit: 2, after: { at: 5, run: "run_3" } })
      expect([runs.map(({ run }) => run), more]).toEqual([["run_2", "run_1"], true])
      const rest = await records.list("w", { limit: 2, after: { at: 5, run: "run_1" } })
      expect([rest.runs.map(({ run }) => run), rest.more]).toEqual([["run_0"], false])
    })

    it("replaces a turn that was taken again, and a run that was begun again", async () => {
      const records = await create(LIMITS)
      await records.put([turnOf("run_1", 0, { status: "waiting" }), turnOf("run_1", 1), turnOf("run_1", 1, { seq: 9 })])
      expect((await records.read("w", "run_1"))?.steps).toHaveLength(2)
      await records.put([turnOf("run_1", 0, { seed: 6 })])
      expect(await records.read("w", "run_1")).toMatchObject({ seed: 6, turns: 1, seq: 0, steps: [{ turn: 0 }] })
    })

    it("lets go what belongs to no run that it knows", async () => {
      const records = await create(LIMITS)
      await records.put([turnOf("run_1", 1), endOf("run_2", 1)])
      expect(await records.list("w", { limit: 10 })).toEqual({ runs: [], more: false })
      expect(await records.read("w", "run_1")).toBeUndefined()
    })

    it("ends the runs that wait and that no kernel goes on with", async () => {
      const records = await create(LIMITS)
      await records.put([
        turnOf("run_1", 0, { status: "waiting", at: 1 }),
        turnOf("run_2", 0, { status: "waiting", at: 2 }),
        turnOf("run_3", 0, { at: 3 }),
        { ...turnOf("run_4", 0, { status: "waiting" }), workspace: "other" },
        { kind: "opening", workspace: "w", at: 9, going: ["run_2"], failure: GONE },
      ])
      const { runs } = await records.list("w", { limit: 10 })
      expect(runs.map(({ status }) => status)).toEqual(["finished", "waiting", "failed"])
      expect(await records.read("w", "run_1")).toMatchObject({ endedAt: 9, failure: GONE, turns: 1, cut: false })
      expect(await records.read("other", "run_4")).toMatchObject({ status: "waiting" })
    })

    it("cuts what is too large, and keeps the rest of the run", async () => {
      const records = await create(LIMITS)
      const large = { text: "x".repeat(3000) }
      await records.put([turnOf("run_1", 0, { state: large }), turnOf("run_1", 1, { state: large }), endOf("run_1", 2)])
      expect(await records.read("w", "run_1")).toMatchObject({
        ...{ cut: true, cutReason: "it was too large to be kept whole", turns: 2, status: "finished" },
        steps: [{ turn: 0 }],
      })
      await records.put([{ ...turnOf("run_2", 0), body: undefined }])
      expect(await records.read("w", "run_2")).toMatchObject({ cut: true, turns: 1, steps: [] })
    })

    it("says that a turn is missing", async () => {
      const records = await create(LIMITS)
      await records.put([turnOf("run_1", 0), turnOf("run_1", 2), turnOf("run_2", 0), endOf("run_2", 2)])
      const { runs } = await records.list("w", { limit: 10 })
      expect(runs).toMatchObject([
        { run: "run_2", cut: true, turns: 2, cutReason: expect.stringContaining("a turn of it was not recorded") },
        { run: "run_1", cut: true, turns: 3 },
      ])
    })

    it("lets the oldest runs go when there are too many, or they are too large together", async () => {
      const many = await create(LIMITS)
      for (let at = 1; at <= 8; at += 1) await many.put([turnOf(`run_${at}`, 0, { at })])
      const { runs } = await many.list("w", { limit: 10 })
      expect(runs.map(({ run }) => run)).toEqual(["run_8", "run_7", "run_6", "run_5", "run_4"])
      expect(await many.read("w", "run_1")).toBeUndefined()
      expect(await many.read("w", "run_8")).toMatchObject({ source: SOURCE })
      const small = await create({ ...LIMITS, workspaceBytes: 1 })
      for (let at = 1; at <= 3; at += 1) await small.put([turnOf(`run_${at}`, 0, { at })])
      expect((await small.list("w", { limit: 10 })).runs.map(({ run }) => run)).toEqual(["run_3"])
    })

    it("keeps workspaces apart, and forgets one whole", async () => {
      const records = await create(LIMITS)
      await records.put([turnOf("run_1", 0), { ...turnOf("run_1", 0, { seed: 8 }), workspace: "other" }])
      expect(await records.workspaces()).toEqual(["other", "w"])
      expect(await records.read("other", "run_1")).toMatchObject({ seed: 8 })
      await records.forget("w")
      expect(await records.workspaces()).toEqual(["other"])
      expect(await records.read("w", "run_1")).toBeUndefined()
      expect(await records.read("other", "run_1")).toMatchObject({ source: SOURCE })
    })
  })
}

interface Given {
  readonly at?: number
  readonly panel?: string
  readonly handler?: string
  readonly seed?: number
  readonly seq?: number
  readonly status?: "finished" | "failed" | "waiting"
  readonly state?: StepBody["state"]
  readonly applied?: boolean
}

function turnOf(run: string, turn: number, given: Given = {}): RecordedTurn {
  const { at = 1000, status = "finished", seq = 0, state = { n: 0 }, applied = true } = given
  const step: StepBody = {
    ...{ at, state, applied, computed: {}, imports: {}, replies: [], redacted: false },
    outcome: { status, effects: [{ kind: "state_set", path: ["n"], value: 1 }] },
    usage: { wallMs: 1, cpuMs: 1, memoryBytes: 1, hostCalls: 0 },
  }
  const head: HeadBody = {
    ...{ title: "P", trigger: "event", person: { id: "ada", name: "Ada" }, line: 3, limits: Limits.parse({}) },
    ...{ seed: given.seed ?? 5, args: { by: 2 } },
  }
  const about = { panel: given.panel ?? "p", handler: given.handler ?? "go", source: SOURCE, hash: "h", whole: true }
  return {
    ...{ kind: "turn", workspace: "w", run, turn, at, status, seq },
    body: JSON.stringify(step),
    ...(turn === 0 ? { head: { ...about, body: JSON.stringify(head) } } : {}),
  }
}

function endOf(run: string, turns: number): RecordedEnd {
  return { kind: "end", workspace: "w", run, at: 5000, status: "finished", failure: undefined, turns, seq: 0 }
}
