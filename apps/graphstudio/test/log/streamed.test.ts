import { expect, it } from "vitest"
import { streamed } from "../../src/log/streamed.ts"
import { createActivity, noteLog } from "../../src/workspace/activity.ts"

function said() {
  const store = createActivity()
  const say = (panel: string, message: string, level: "debug" | "info" | "warn" | "error") =>
    noteLog(store, panel, { at: 0, handler: "tick", level, message })
  say("a", "one", "info")
  say("b", "two", "error")
  say("a", "three", "debug")
  return store.getState().panels
}

const all = { panel: undefined, level: "debug", after: 0 } as const
const messages = (lines: ReturnType<typeof streamed>) => lines.map(({ panel, line }) => `${panel} ${line.message}`)

it("the lines of all panels stand in the order in which they came", () => {
  expect(messages(streamed(said(), all))).toEqual(["a one", "b two", "a three"])
})

it("a level keeps itself and what is worse, a panel its own", () => {
  expect(messages(streamed(said(), { ...all, level: "info" }))).toEqual(["a one", "b two"])
  expect(messages(streamed(said(), { ...all, panel: "a" }))).toEqual(["a one", "a three"])
  expect(streamed(said(), { ...all, panel: "gone" })).toEqual([])
})

it("what was cleared does not come back", () => {
  const panels = said()
  const cleared = panels.b?.log.at(-1)?.id ?? 0
  expect(messages(streamed(panels, { ...all, after: cleared }))).toEqual(["a three"])
})
