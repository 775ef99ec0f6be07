// @vitest-environment happy-dom
import { act } from "react"
import { createRoot, type Root } from "react-dom/client"
import { afterEach, describe, expect, it } from "vitest"
import { provideParts } from "../../src/react/eager-parts.ts"
import { createPreviewPanel, PanelView, ReadOnly } from "../../src/react/index.ts"
import { panelOf } from "../world/panel.ts"

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
provideParts()

const roots: Root[] = []
afterEach(async () => {
  for (const root of roots.splice(0)) await act(async () => root.unmount())
})

const ROWS = [
  { id: "b", n: 2 },
  { id: "a", n: 1 },
]

async function looked(view: string, on = true) {
  const data = '<State name="s" type="string" default="before"/><State name="rows" type="list"/>'
  const live = createPreviewPanel(panelOf({ data, view }), { rows: ROWS })
  const element = document.createElement("div")
  document.body.append(element)
  const root = createRoot(element)
  roots.push(root)
  await act(async () =>
    root.render(
      <ReadOnly on={on}>
        <PanelView live={live} />
      </ReadOnly>,
    ),
  )
  const click = (selector: string) =>
    act(async () => {
      element.querySelector<HTMLElement>(selector)?.click()
      await new Promise((resolve) => setTimeout(resolve, 0))
    })
  return { live, element, click }
}

describe("a panel that may only be looked at", () => {
  it("has its inputs and buttons switched off, and runs nothing", async () => {
    const view = `<Input label="I" bind="$state.s"/><TextArea label="T" bind="$state.s"/><Select label="S" bind="$state.s" options="a,b"/>
      <Switch label="W" bind="$state.rows[0].on"/><Button label="B" onClick="$state.s = 'after'"/>
      <Form onSubmit="$state.s = 'after'"><Button label="Go"/></Form>`
    const { live, element, click } = await looked(view)
    const controls = [...element.querySelectorAll<HTMLInputElement>("input, textarea, select, button")]
    expect(controls).toHaveLength(6)
    for (const control of controls) expect(control.disabled, control.outerHTML).toBe(true)
    await act(async () => {
      element.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }))
    })
    await click("button")
    expect(live.state.s).toBe("before")
  })

  it("lets a viewer sort a table, and choose none of its rows", async () => {
    const { live, element, click } = await looked('<Table rows="{$state.rows}" onSelect="$state.s = $event.id"/>')
    await click("th button")
    expect([...element.querySelectorAll("tbody td:first-child")].map((cell) => cell.textContent)).toEqual(["a", "b"])
    await click("tbody tr")
    expect([element.querySelectorAll("[aria-selected]").length, live.state.s]).toEqual([0, "before"])
  })

  it("lets a viewer open a tab, for themselves", async () => {
    const view = `<Tabs label="T" bind="$state.s"><Tab name="before" label="Before"><Text content="one"/></Tab>
      <Tab name="after" label="After"><Text content="two"/></Tab></Tabs>`
    const { live, element, click } = await looked(view)
    await click("[role=tab]:nth-child(2)")
    expect(element.querySelector("[role=tabpanel]")?.textContent).toBe("two")
    expect(live.state.s).toBe("before")
  })

  it("lets a viewer switch off a series of a chart", async () => {
    const { element, click } = await looked('<Chart label="C" data="{[{ a: 1, b: 2 }]}"/>')
    await click(".nx-legend button")
    expect(element.querySelector(".nx-legend button")?.getAttribute("aria-pressed")).toBe("false")
  })

  it("is as ever once it may be written", async () => {
    const { live, click } = await looked('<Button label="B" onClick="$state.s = \'after\'"/>', false)
    await click("button")
    expect(live.state.s).toBe("after")
  })
})
