// @vitest-environment happy-dom
import { act, createElement } from "react"
import { createRoot } from "react-dom/client"
import { describe, expect, it } from "vitest"
import { Cells } from "../../src/react/Cells.tsx"
import { createPreviewPanel } from "../../src/react/index.ts"
import { PaintingContext } from "../../src/react/panel-context.ts"
import { componentOf } from "../../src/react/registry.ts"
import { panelOf } from "../world/panel.ts"

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

function Broken(): never {
  throw new Error("the drawing fell apart")
}

describe("TriLog, a component, a session, a worker or the AI service may crash: nobody else stops", () => {
  it("a component that throws while it paints leaves its error at its place, and those beside it stand", async () => {
    const live = createPreviewPanel(panelOf({ view: '<Divider/><Text id="well" content="fine"/>' }))
    const breaking = (element: string) => (element === "Divider" ? Broken : componentOf(element))
    const element = document.createElement("div")
    const caught: unknown[] = []
    const root = createRoot(element, { onCaughtError: (error) => caught.push(error) })
    const cells = createElement(Cells, { nodes: live.panel.view, places: live.root })
    await act(async () =>
      root.render(createElement(PaintingContext, { value: { live, componentOf: breaking } }, cells)),
    )
    expect(element.querySelector("[role=note]")?.textContent).toContain("the drawing fell apart")
    expect(element.querySelector("[data-nx-id=well]")?.textContent).toBe("fine")
    expect(caught).toHaveLength(1)
    await act(async () => root.unmount())
  })
})
