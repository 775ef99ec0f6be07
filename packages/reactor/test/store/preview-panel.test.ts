import { describe, expect, it } from "vitest"
import { createHandlersHere, parsePanel } from "../../src/index.ts"
import { createPreviewPanel, type Notice } from "../../src/react/index.ts"
import { asks, failed, finished, type Play, turnsOf } from "../world/turns.ts"

const SOURCE = `<NexusPanel title="Shop">
  <Data>
    <State name="n" type="number" default="1"/>
    <State name="open" type="boolean" default="false" scope="session"/>
    <Computed name="double" value="{$state.n * 2}"/>
  </Data>
  <Logic><Handler name="act">play</Handler></Logic>
  <View><Text content="{$state.n}"/></View>
</NexusPanel>`

function preview(play: Play) {
  const { panel } = parsePanel(SOURCE)
  if (!panel) throw new Error("the panel of this test is wrong")
  const turns = turnsOf({ play })
  const notices: Notice[] = []
  const live = createPreviewPanel(panel, {}, { handlers: createHandlersHere(turns), onNotice: (n) => notices.push(n) })
  return { live, notices, turns }
}

describe("a handler in a preview", () => {
  it("sees the preview's world, and what it writes is there", async () => {
    const { live } = preview(({ input }) =>
      finished(null, { kind: "state_set", path: ["n"], value: Number(input.computed.double) + Number(input.args) }),
    )
    expect(await live.trigger("act", 5)).toBeUndefined()
    expect(live.state.n).toBe(7)
    expect(await live.trigger("act", 1)).toBeUndefined()
    expect(live.state.n).toBe(15)
  })

  it("writes session state, says what it logs and moves the view", async () => {
    const { live, notices } = preview(() =>
      finished(
        null,
        { kind: "state_set", path: ["open"], value: true },
        { kind: "log", level: "info", message: "done", line: 3, column: 1 },
        { kind: "view", command: "toast", argument: "Bought" },
      ),
    )
    await live.trigger("act", {})
    expect(live.state.open).toBe(true)
    expect(live.logs()).toMatchObject([{ message: "done", line: 3, handler: "act" }])
    expect(notices).toMatchObject([{ kind: "toast", message: "Bought" }])
  })

  it("is told what it needs when it asks for the workspace, and goes on with that", async () => {
    const { live, turns, notices } = preview((_request, replies) => {
      const [reply] = replies ?? []
      if (!reply) return asks("http", { kind: "state_set", path: ["n"], value: 2 })
      return finished(null, { kind: "log", level: "warn", message: "error" in reply ? reply.error.message : "" })
    })
    await live.trigger("act", {})
    expect(live.state.n).toBe(2)
    const said = "Needs the workspace: http.fetch runs when the panel is saved"
    expect(live.logs().at(-1)?.message).toBe(said)
    expect(notices).toMatchObject([{ kind: "toast", message: said }])
    expect(turns.waiting.size).toBe(0)
  })

  it("fails in a sentence, and one that writes what is not declared changes nothing", async () => {
    const { live, notices } = preview(() => failed("no milk"))
    expect(await live.trigger("act", {})).toContain("no milk")
    expect(notices).toMatchObject([{ kind: "failure" }])
    const other = preview(() =>
      finished(null, { kind: "state_set", path: ["n"], value: 9 }, { kind: "state_set", path: ["none"], value: 1 }),
    )
    expect(await other.live.trigger("act", {})).toContain('declares no state "none"')
    expect(other.live.state.n).toBe(1)
  })
})
