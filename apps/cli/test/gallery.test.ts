import { existsSync, readFileSync } from "node:fs"
import { evaluateComputed, formatPanel, parsePanel } from "@nexus/reactor"
import { renderPanel } from "@nexus/reactor/render"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { gallery, initialState, livingPanel, names, panelOf, sourceOf } from "./living-panel.ts"

describe.each(names)("%s", (name) => {
  test("checks without an error or a warning", () => {
    expect(parsePanel(sourceOf(name)).diagnostics).toEqual([])
  })

  test("is written as the formatter writes it", () => {
    expect(formatPanel(sourceOf(name))).toBe(sourceOf(name))
  })

  test("renders on the server with its first values, and no binding fails", () => {
    const panel = panelOf(name)
    const html = renderPanel(panel)
    expect(html.length).toBeGreaterThan(200)
    expect(html).not.toMatch(/undefined|NaN|\[object Object\]|data-error|role="alert"/)
    expect(Object.keys(evaluateComputed(panel, initialState(panel), {})).sort()).toEqual(
      panel.computed.map((computed) => computed.name).sort(),
    )
  })

  test("says in its README what it is and what it asks for", () => {
    const readme = readFileSync(`${gallery}${name}/README.md`, "utf8")
    const panel = panelOf(name)
    expect(readme).toContain(`# ${panel.title}\n`)
    if (panel.capabilities.length === 0) expect(readme).toContain("Asks for nothing: no capability.")
    for (const { type, reason } of panel.capabilities) {
      expect(readme).toContain(`Asks for **${type}**`)
      expect(reason).not.toBe("")
    }
  })
})

test("the index names every panel once, as the panel names itself", () => {
  const index = JSON.parse(readFileSync(`${gallery}index.json`, "utf8")) as { folder: string; title: string }[]
  expect(index.map(({ folder }) => folder).sort()).toEqual([...names].sort())
  for (const { folder, ...entry } of index) {
    const { title, description } = panelOf(folder)
    expect(entry).toMatchObject({ title, description })
  }
  expect(new Set(index.map(({ title }) => title)).size).toBe(index.length)
})

test("the three panels a workspace starts with are there", () => {
  for (const name of ["groceries", "focus-timer", "weather"])
    expect(existsSync(`${gallery}${name}/panel.nxml`)).toBe(true)
})

describe("in the real sandbox", () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await createSandbox({ processes: 1 })
  })
  afterAll(() => sandbox.close())

  const living = (name: string) => livingPanel(sandbox, name)

  test("groceries: a thing is added once, needed again when written twice, and cleared when done", async () => {
    const list = living("groceries")
    await list.run("add", { title: " Milk " })
    await list.run("add", { title: "bread" })
    const titles = () =>
      (list.state().items as { title: string; done: boolean }[]).map(({ title, done }) => [title, done])
    expect(titles()).toEqual([
      ["Tomatoes", false],
      ["Bread", false],
      ["Coffee", false],
      ["Milk", false],
    ])
    expect(list.computed().open).toBe(4)
    expect(await list.run("add", { title: "" })).toMatchObject({
      status: "failed",
      failure: { code: "handler-failed" },
    })
    expect(titles()).toHaveLength(4)
  })

  test("groceries: clearing takes away what is done and nothing else", async () => {
    const list = living("groceries")
    await list.run("clear_done")
    expect(list.state().items).toMatchObject([{ id: "tomatoes" }, { id: "coffee" }])
  })

  test("focus timer: a stretch counts down, is counted, and is ready again", async () => {
    const start = Date.UTC(2026, 2, 9, 8)
    const timer = living("focus-timer")
    await timer.run("start", {}, start)
    await timer.run("tick", {}, start + 60_000)
    expect(timer.state()).toMatchObject({ running: true, left: 24 * 60 })
    await timer.run("tick", {}, start + 25 * 60_000)
    expect(timer.state()).toMatchObject({ running: false, left: 1500, sessions: [{ day: "2026-03-09", minutes: 25 }] })
    expect(timer.computed().done_today).toHaveLength(1)
    await timer.run("tick", {}, start + 24 * 3_600_000)
    expect(timer.computed().done_today).toHaveLength(0)
  })

  test("focus timer: a pause keeps what is left, and an idle tick changes nothing", async () => {
    const start = Date.UTC(2026, 2, 9, 8)
    const timer = living("focus-timer")
    await timer.run("start", {}, start)
    await timer.run("pause", {}, start + 90_000)
    expect(timer.state()).toMatchObject({ running: false, left: 1410 })
    expect(await timer.run("tick", {}, start + 200_000)).toMatchObject({ status: "finished", effects: [] })
  })

  test("weather: the fetched day is kept, a refusal changes nothing", async () => {
    const weather = living("weather")
    const hourly = [{ id: "a", at: "2026-03-09T08:00:00Z", hour: "08:00", temperature: 4.5, rain: 0.2 }]
    const body = JSON.stringify({ town: "Lindenau", hourly })
    await weather.run("refresh", {}, 1, { status: 200, headers: {}, body })
    expect(weather.state()).toMatchObject({ town: "Lindenau", hours: hourly })
    const refused = await weather.run("refresh", {}, 2, { status: 503, headers: {}, body: "" })
    expect(refused).toMatchObject({ status: "failed", failure: { message: expect.stringContaining("503") } })
    expect(weather.state().fetched_at).toBe(1)
  })

  test("habits: a day in a row counts, a missed one starts again, turning off takes only today", async () => {
    const day = 24 * 3_600_000
    const start = Date.UTC(2026, 2, 9, 8)
    const habits = living("habit-tracker")
    const streak = () => (habits.state().habits as { streak: number }[])[0]?.streak
    for (const [at, expected] of [
      [0, 1],
      [1, 2],
      [3, 1],
    ] as const) {
      await habits.run("mark", { id: "walk", done: true }, start + at * day)
      expect(streak()).toBe(expected)
    }
    await habits.run("mark", { id: "walk", done: false }, start + 3 * day)
    expect(streak()).toBe(0)
  })

  test("poll: a vote moves instead of counting twice", async () => {
    const poll = living("poll")
    await poll.run("vote", { id: "thai" })
    await poll.run("vote", { id: "thai" })
    await poll.run("vote", { id: "pizza" })
    expect(poll.state().options).toMatchObject([{ votes: 0 }, { votes: 1 }, { votes: 0 }])
    expect(poll.computed().votes).toBe(1)
  })

  test("unit converter: what is swapped converts back", async () => {
    const converter = living("unit-converter")
    expect(converter.computed().result).toBeCloseTo(3.2808, 3)
    await converter.run("swap")
    expect(converter.computed().result).toBeCloseTo(0.3048, 6)
  })

  test("meeting notes: open actions go into the next meeting", async () => {
    const notes = living("meeting-notes")
    await notes.run("add_action", { title: "Send the plan", owner: "Ada" })
    await notes.run("next_meeting")
    expect(notes.state()).toMatchObject({ notes: "", actions: [{ title: "Send the plan", owner: "Ada", done: false }] })
  })

  test("reading list: a book moves between stages", async () => {
    const list = living("reading-list")
    await list.run("move", { id: "earthsea", stage: "Read" })
    expect(list.computed().read).toBe(1)
  })

  test("budget: categories are summed, the largest first, and a negative amount is refused", async () => {
    const budget = living("budget")
    await budget.run("add", { what: "Cinema", category: "Fun", amount: 12.5 })
    await budget.run("add", { what: "Fridge", category: "Home", amount: 100 })
    expect(budget.computed().by_category).toMatchObject([
      { category: "Home", amount: 1000 },
      { category: "Food" },
      { category: "Travel" },
      { category: "Fun", amount: 12.5 },
    ])
    expect(await budget.run("add", { what: "x", amount: -1 })).toMatchObject({ status: "failed" })
  })
})
