import { expect, test } from "vitest"
import { endpoints, RunRecord } from "../../src/index.ts"

const RECORD: RunRecord = {
  run: "run_1",
  panel: "p",
  title: "Counter",
  handler: "add",
  trigger: "event",
  person: { id: "ada", name: "Ada" },
  at: 1000,
  endedAt: 1002,
  status: "finished",
  turns: 1,
  seq: 3,
  cut: false,
  source: "$state.n += 1; return $state.n",
  line: 4,
  limits: { cpuMs: 5000, memoryBytes: 1, stackBytes: 1, hostCalls: 1, effectBytes: 1, resultBytes: 1 },
  seed: 7,
  args: {},
  redacted: false,
  steps: [
    {
      turn: 0,
      at: 1000,
      state: { n: 1 },
      computed: {},
      imports: {},
      replies: [],
      outcome: { status: "finished", value: 2, effects: [{ kind: "state_set", path: ["n"], value: 2 }] },
      usage: { wallMs: 1, cpuMs: 1, memoryBytes: 1, hostCalls: 0 },
      after: { n: 2 },
      seq: 3,
    },
  ],
}

test("a record is JSON and reads back as it was", () => {
  expect(RunRecord.parse(JSON.parse(JSON.stringify(RECORD)))).toEqual(RECORD)
})

test("a record needs the handler's code, its seed and a state after each turn", () => {
  for (const key of ["source", "seed", "steps"] as const) {
    expect(RunRecord.safeParse({ ...RECORD, [key]: undefined }).success).toBe(false)
  }
  const [step] = RECORD.steps
  expect(RunRecord.safeParse({ ...RECORD, steps: [{ ...step, after: undefined }] }).success).toBe(false)
})

test("a list of records is asked for by text, fifty unless told, and five hundred at most", () => {
  const { query } = endpoints.listRunRecords
  expect(query.parse({ since: "5", panel: "p" })).toEqual({ since: 5, panel: "p", limit: 50 })
  expect(query.safeParse({ limit: "501" }).success).toBe(false)
})
