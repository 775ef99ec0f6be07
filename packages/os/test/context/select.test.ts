import { expect, test } from "vitest"
import { select, termsOf } from "../../src/context/select.ts"
import { groceries, panelWith, weather, worldWith } from "../worlds.ts"

const world = worldWith([panelWith("p1", weather), panelWith("p2", groceries)])

test("the panel that shares rare words with the question comes first", () => {
  expect(select(world, { message: "add a clear-all button to the groceries" })[0]?.entity.id).toBe("p2")
  expect(select(world, { message: "make the temperature chart taller" })[0]?.entity.id).toBe("p1")
})

test("the focused panel leads whatever the words say", () => {
  const [first] = select(world, { message: "groceries switch item", panel: "p1" })
  expect(first).toMatchObject({ entity: { id: "p1" }, focused: true })
})

test("a title weighs more than a mention in the source", () => {
  const mentions = panelWith("a", '<NexusPanel title="Notes"><View><Text content="kitchen"/></View></NexusPanel>')
  const titled = panelWith("b", '<NexusPanel title="Kitchen"><View><Text content="x"/></View></NexusPanel>')
  const others = ["c", "d", "e"].map((id) => panelWith(id, `<NexusPanel title="${id}"><View/></NexusPanel>`))
  expect(select(worldWith([mentions, titled, ...others]), { message: "the kitchen" })[0]?.entity.id).toBe("b")
})

test("a neighbour of the focused panel comes before a stranger", () => {
  const near = panelWith("near", '<NexusPanel title="Stock"><View/></NexusPanel>')
  const far = panelWith("far", '<NexusPanel title="Other"><View/></NexusPanel>')
  const focus = panelWith("focus", groceries)
  const edge = { from: "focus", kind: "imports" as const, to: "near.state.stock", properties: {} }
  const linked = { ...worldWith([far, near, focus]), relationships: [edge] }
  expect(select(linked, { message: "hm", panel: "focus" }).map(({ entity }) => entity.id)).toEqual([
    "focus",
    "near",
    "far",
  ])
})

test("without any shared word the graph's order is kept", () => {
  expect(select(world, { message: "zzz" }).map(({ entity }) => entity.id)).toEqual(["p1", "p2"])
})

test("words are compared without case, short words and plurals", () => {
  expect(termsOf("Add ALL the Buttons to it, buttons!")).toEqual(["add", "all", "the", "button"])
})
