import type { HostCall, Json, JsonObject } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { livingPanel } from "./living-panel.ts"

/** One step of a story: a handler with its arguments, and what is true afterwards. */
interface Step {
  readonly run: string
  readonly args?: Json
  /** Answers what the handler asks of the workspace. */
  readonly reply?: Json | ((call: HostCall) => Json)
  readonly state?: JsonObject
  readonly computed?: JsonObject
  /** The handler refuses, and its words have this in them. */
  readonly refuses?: string
}

const kept = ({ args: [path, text] }: HostCall): Json => ({
  path: path ?? "",
  id: "file_1",
  type: "text/csv",
  size: String(text).length,
  sha256: "",
})

const STORIES: readonly (readonly [panel: string, fact: string, steps: readonly Step[]])[] = [
  [
    "kanban",
    "a card is put in, moves on, and a full column takes no more",
    [
      { run: "add", args: { title: " Call the printer ", who: "Ada" } },
      { run: "move", args: { id: "copy", by: 1 }, computed: { doing: 2 } },
      { run: "move", args: { id: "sizes", by: 1 }, computed: { doing: 3 } },
      { run: "move", args: { id: "logo", by: -1 }, refuses: "Finish something first: 3" },
      { run: "move", args: { id: "menu", by: 1 }, computed: { doing: 2 } },
      { run: "remove", args: { id: "menu" }, state: { cards: [{}, {}, {}, { title: "Call the printer" }] } },
    ],
  ],
  [
    "decision-log",
    "a decision needs its reason, and one that was replaced is out of sight",
    [
      { run: "record", args: { what: "We answer within a day" }, refuses: "Say why" },
      { run: "record", args: { what: "We answer within a day", why: "People leave otherwise" } },
      { run: "mark", args: { id: "weekly", status: "Replaced" } },
    ],
  ],
  [
    "okr-board",
    "a key result is added to its objective and counts in the whole",
    [
      { run: "add_result", args: { objective: "quick", title: "Calls", from: 5, goal: 5 }, refuses: "another number" },
      { run: "add_result", args: { objective: "quick", title: "Calls missed", from: 20, goal: 0 } },
      { run: "remove", args: { id: "known" }, state: { objectives: [{ id: "quick", results: [{}, { now: 20 }] }] } },
    ],
  ],
  [
    "invoice-maker",
    "lines are summed with their tax, and the text is kept as a file under the invoice's number",
    [
      { run: "add", args: { what: "Printing | folding", count: 2, price: 14 }, computed: { net: 760 } },
      {
        run: "keep",
        reply: kept,
        state: { file: { id: "file_1", name: "invoice-2026-017.md" } },
      },
      { run: "add", args: { what: "Nothing", count: 0, price: 3 }, refuses: "above zero" },
    ],
  ],
  [
    "recipe-scaler",
    "an ingredient is added, and cooking again empties the pot",
    [
      { run: "add", args: { what: "Lemon juice", amount: 2, unit: "tbsp" }, computed: { factor: 1.5 } },
      { run: "cook_again", state: { ingredients: [{}, {}, {}, {}, { what: "Lemon juice", in: false }] } },
    ],
  ],
  [
    "travel-planner",
    "stops stand by day and time, and cost what they cost",
    [
      { run: "add", args: { day: "2026-05-15", time: "08:00", what: "Market", cost: 7 }, computed: { spent: 180 } },
      {
        run: "remove",
        args: { id: "fly" },
        computed: { days: [{ key: "2026-05-14" }, { items: [{ what: "Market" }, {}] }, {}] },
      },
      { run: "add", args: { day: "soon", what: "x" }, refuses: "Choose the day" },
    ],
  ],
  [
    "retrospective",
    "a vote can be taken back, and the best idea leads",
    [
      { run: "add", args: { text: "No meetings on Friday", column: "Let us try" } },
      { run: "vote", args: { id: "pair" }, state: { notes: [{}, {}, { votes: 3 }, {}], mine: ["pair"] } },
      { run: "vote", args: { id: "pair" }, state: { notes: [{}, {}, { votes: 2 }, {}], mine: [] } },
      { run: "next", state: { notes: [] }, computed: { best: "nothing yet" } },
    ],
  ],
  [
    "stand-up",
    "who speaks twice on a day meant the second",
    [
      { run: "say", args: { who: "ada", next: "Tests", blocked: "No key" }, computed: { blocked: [{}, {}] } },
      { run: "say", args: { who: "Ada", next: "Docs" }, computed: { today: [{ who: "Grace" }, { next: "Docs" }] } },
      { run: "unblock", args: { id: "g" }, computed: { blocked: [] } },
    ],
  ],
  [
    "on-call-handover",
    "nobody hands over a grave incident without its next step",
    [
      { run: "report", args: { title: "Mail is slow", severity: "High" } },
      { run: "hand_over", args: { to: "Ada" }, refuses: "Mail is slow" },
      { run: "close", args: { id: "disk" } },
    ],
  ],
  [
    "service-health",
    "a service that answers is told from one that does not",
    [
      { run: "add", args: { name: "Shop", url: "ftp://shop" }, refuses: "https://example.org/health" },
      { run: "add", args: { name: "Shop", url: "https://shop.example.org/" } },
      {
        run: "check",
        reply: ({ args: [url] }) => ({ status: url === "/examples/weather" ? 200 : 503, headers: {}, body: "" }),
        state: { services: [{ ok: true }, { ok: false, status: "503" }] },
        computed: { down: [{ name: "Shop" }] },
      },
    ],
  ],
  [
    "api-explorer",
    "an answer is put in order and remembered",
    [
      {
        run: "send",
        reply: { status: 200, headers: { "content-type": "application/json" }, body: '{"a":1}' },
        state: { answer: { status: 200, text: '{\n  "a": 1\n}' }, history: [{ method: "GET" }] },
      },
    ],
  ],
  [
    "json-viewer",
    "every value is found under its path",
    [
      {
        run: "read",
        args: { text: '{"a":[1,{"b c":null}],"e":{}}' },
        state: { values: [{ path: "$.a[0]" }, { path: '$.a[1]["b c"]', kind: "nothing" }, { path: "$.e" }] },
      },
      { run: "read", args: { text: "{a}" }, refuses: "This is not JSON" },
    ],
  ],
  [
    "csv-explorer",
    "separators, quotes and numbers are found",
    [
      {
        run: "read",
        args: { text: 'name;price\n"Lamp; red";34\n"The ""old"" one";4.5\n' },
        state: {
          columns: [{ number: false }, { number: true }],
          rows: [{ name: "Lamp; red", price: 34 }, { name: 'The "old" one' }],
        },
        computed: { figures: [{ column: "price", least: 4.5, most: 34, sum: 38.5 }] },
      },
      { run: "read", args: { text: 'a,b\n"1,2' }, refuses: "never closed" },
    ],
  ],
  [
    "regex-tester",
    "every match is shown with its groups, and a wrong expression is told",
    [{ run: "test", state: { found: [{ at: 9 }, { at: 31, groups: "grace · sample" }] } }],
  ],
  [
    "markdown-document",
    "what an assistant adds stands at the end",
    [
      { run: "append", args: { text: "## New" }, computed: { outline: [{}, {}, {}, { title: "New", level: 2 }] } },
      { run: "append", args: { text: " " }, refuses: "Say what to add" },
    ],
  ],
  [
    "concept-map",
    "a concept grows from another, links once, and takes its links along",
    [
      {
        run: "add",
        args: { label: "Tool", from: "handler" },
        state: { links: [{}, {}, {}, {}, {}, { from: "handler" }] },
      },
      { run: "link", args: { from: "view", to: "state", label: "paints" } },
      { run: "link", args: { from: "view", to: "view" }, refuses: "leads to itself" },
      { run: "add", args: { label: "tool" }, refuses: "there already" },
      {
        run: "remove",
        args: { id: "state" },
        state: { links: [{ to: "handler" }, { to: "view" }, { from: "handler" }] },
      },
    ],
  ],
  [
    "feedback-form",
    "an answer counts, and is kept in a file without formulas",
    [
      { run: "send", args: { stars: 4, topic: "Room", text: '=HYPERLINK("x")' }, computed: { average: 4 } },
      {
        run: "keep",
        reply: (call) => {
          expect(call.args[1]).toContain(`"'=HYPERLINK(""x"")"`)
          return kept(call)
        },
        state: { file: { name: "feedback-2026-03-09.csv" } },
      },
      { run: "send", args: { stars: 9 }, refuses: "one to five" },
    ],
  ],
  [
    "approval-flow",
    "an owner's answer decides",
    [
      {
        run: "request",
        args: { what: "A second screen", amount: 240, who: "Ada" },
        reply: ({ capability }) => (capability === "ask" ? "Approve" : null),
        state: { requests: [{}, { status: "Approved" }] },
        computed: { approved: 560 },
      },
      { run: "take_back", args: { id: "chairs" }, state: { requests: [{ status: "Approved" }, {}] } },
    ],
  ],
  [
    "changelog-writer",
    "notes are sorted by hand or written by a model, and kept under their version",
    [
      { run: "by_hand" },
      {
        run: "write",
        reply: { text: "### Added\n- A page.", cut: false, usage: {}, tokensLeft: 1 },
        state: { draft: "### Added\n- A page." },
      },
      { run: "keep", state: { draft: "", entries: [{ version: "1.4.0" }, { version: "1.3.0" }] } },
      { run: "write", refuses: "Write a few notes first" },
    ],
  ],
  [
    "release-checklist",
    "it is out only when every step is done, and then starts again",
    [
      { run: "finish", refuses: "Backup was restored" },
      ...["backup", "tag", "out", "watch", "tell"].map((id) => ({ run: "tick", args: { id, done: true } })),
      {
        run: "add",
        args: { title: "Status page is green", phase: "Before" },
        computed: { next: "Status page is green" },
      },
    ],
  ],
  [
    "budget",
    "lines of a spreadsheet are taken in, or none of them",
    [
      { run: "take_in", args: { lines: "what,category,amount\nCinema, Fun, 12.50\n" } },
      { run: "take_in", args: { lines: "Kino;Fun;12,50\nnothing" }, refuses: "Line 2" },
      { run: "take_in", args: { lines: "Kino;Fun;12,50" }, computed: { spent: 1297 } },
    ],
  ],
]

describe("in the real sandbox", () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await createSandbox({ processes: 1 })
  })
  afterAll(() => sandbox.close())

  test.each(STORIES)("%s: %s", async (name, _fact, steps) => {
    const panel = livingPanel(sandbox, name)
    for (const { run, args, reply, state, computed, refuses } of steps) {
      const before = panel.state()
      const outcome = await panel.run(run, args, undefined, reply)
      if (refuses === undefined) expect(outcome, run).toMatchObject({ status: "finished" })
      else {
        expect(outcome, run).toMatchObject({ failure: { message: expect.stringContaining(refuses) } })
        expect(panel.state()).toEqual(before)
      }
      if (state) expect(panel.state(), run).toMatchObject(state)
      if (computed) expect(panel.computed(), run).toMatchObject(computed)
    }
  })

  test("approvals: what was taken back meanwhile is not asked", async () => {
    const panel = livingPanel(sandbox, "approval-flow")
    const asked: string[] = []
    await panel.run("request", { what: "A lamp" }, undefined, async ({ capability, method }) => {
      asked.push(`${capability}.${method}`)
      const made = panel.state().requests
      const [, request] = Array.isArray(made) ? made : []
      if (request && typeof request === "object" && "id" in request)
        await panel.run("take_back", { id: request.id ?? "" })
      return null
    })
    expect(asked).toHaveLength(1)
    expect(panel.state().requests).toMatchObject([{}, { status: "Taken back" }])
  })

  test("SQL notebook: a question is read as data, grouped and put in order", async () => {
    const panel = livingPanel(sandbox, "sql-notebook")
    const rows = [
      { what: "Lamp", kind: "light", price: 34 },
      { what: "Candle", kind: "light", price: 4.5 },
      { what: "Chair", kind: "seat", price: 79 },
    ]
    const asked: Json[] = []
    const ask = (query: string) =>
      panel.run("ask", { id: "first", query }, undefined, ({ args }) => {
        asked.push([...args])
        return rows
      })
    await ask("SELECT kind, count(*), avg(price) FROM things GROUP BY kind ORDER BY avg(price) DESC;")
    expect(panel.state().cells).toMatchObject([
      {
        says: "2 rows",
        rows: [
          { kind: "seat", "count(*)": 1, "avg(price)": 79 },
          { kind: "light", "count(*)": 2, "avg(price)": 19.25 },
        ],
      },
      {},
    ])
    await ask("select what, price from things where price > 5 and kind = 'light' order by price desc limit 10")
    expect(asked.at(-1)).toEqual([
      "things",
      { where: { price: { gt: 5 }, kind: { eq: "light" } }, columns: ["what", "price"], order: "-price", limit: 10 },
    ])
    expect(await ask("drop table things")).toMatchObject({ failure: { message: expect.stringContaining("select") } })
  })

  test("A/B calculator: the chance of luck agrees with the normal distribution's table", () => {
    const { z, chance, certain } = livingPanel(sandbox, "ab-calculator").computed()
    expect(z).toBeCloseTo(2.39035, 4)
    expect(chance).toBeCloseTo(0.016833, 5)
    expect(certain).toBe(true)
  })
})
