// @vitest-environment happy-dom
import { afterEach, expect, it } from "vitest"
import { createPreviewPanel, NodeMarks, PanelView } from "../../src/react/index.ts"
import { createLivePanel } from "../../src/store/live-panel.ts"
import { panelOf } from "../world/panel.ts"
import { type Screen, show } from "../world/screen.ts"

const screens: Screen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close()
})

const VIEW =
  '<Container title="A"><Each items="{[1, 2]}" as="n" key="{n}"><Text content="{n}"/></Each></Container><Text content="{$state.name.first.last}"/>'

async function shown(marked: boolean) {
  const panel = panelOf({ data: '<State name="name" type="object"/>', view: VIEW })
  const opened: (readonly [number, number | undefined])[] = []
  const { mirror, id } = createPreviewPanel(panel)
  const live = createLivePanel({ id, panel, mirror, onOpenSource: (...place) => opened.push(place) })
  const screen = await show(
    live,
    <NodeMarks of={marked ? live : undefined}>
      <PanelView live={live} />
    </NodeMarks>,
  )
  screens.push(screen)
  return { screen, opened }
}

const marks = (screen: Screen) =>
  [...screen.element.querySelectorAll("[data-nx-node]")].map((element) => element.getAttribute("data-nx-node"))

it("while a panel is edited each of its components says which node it is, as often as it is painted", async () => {
  const { screen } = await shown(true)
  expect(marks(screen)).toEqual(["0", "0.0.0", "0.0.0", "1"])
})

it("a panel that is only looked at carries no marks", async () => {
  expect(marks((await shown(false)).screen)).toEqual([])
})

it("a component whose expression fails says so at its place and leads to the line of that attribute", async () => {
  const { screen, opened } = await shown(false)
  expect(screen.find("[role=note]").textContent).toMatch(/^Text content: .* Open line 1$/)
  await screen.click("[role=note] button")
  expect(opened).toEqual([[1, expect.any(Number)]])
})
