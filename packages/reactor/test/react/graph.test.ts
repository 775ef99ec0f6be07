// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest"
import { GraphPart } from "../../src/react/graph/part.ts"
import { createPreviewPanel } from "../../src/react/index.ts"
import { panelOf } from "../world/panel.ts"
import { type Screen, show } from "../world/screen.ts"

const screens: Screen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close()
})

const STEPS = [
  { id: "cart", label: "Cart" },
  { id: "pay", label: "Payment", tone: "accent" },
  { id: "sent", label: "Sent" },
]
const LEADS = [
  { from: "cart", to: "pay", label: "order" },
  { from: "pay", to: "sent" },
]

async function graph(attributes = "") {
  const live = createPreviewPanel(
    panelOf({
      data: '<State name="steps" type="list"/><State name="leads" type="list"/><State name="picked" type="object"/>',
      view: `<Graph label="Order" nodes="{$state.steps}" edges="{$state.leads}" ${attributes}/>`,
    }),
    { steps: STEPS, leads: LEADS },
  )
  const screen = await show(live)
  screens.push(screen)
  await screen.rest(() => GraphPart.load())
  return { live, screen }
}

describe("Graph", () => {
  it("draws an element for each node and edge, with the tone of the node", async () => {
    const { screen } = await graph()
    expect(screen.element.querySelectorAll(".nx-node")).toHaveLength(3)
    expect(screen.element.querySelectorAll(".nx-edge")).toHaveLength(2)
    expect(screen.find("[data-tone=accent]").textContent).toContain("Payment")
    expect(screen.find(".nx-edge text").textContent).toBe("order")
  })

  it("walks the nodes by arrow keys, and each says what it is connected with", async () => {
    const { screen } = await graph()
    const active = () => screen.find(".nx-node[tabindex='0']").getAttribute("aria-label")
    expect(active()).toBe("Cart: leads to Payment (order)")
    await screen.press(".nx-node[tabindex='0']", "ArrowRight")
    expect(active()).toBe("Payment: leads to Sent; from Cart (order)")
    expect(document.activeElement?.getAttribute("aria-label")).toBe(active())
    await screen.press(".nx-node[tabindex='0']", "End")
    expect(active()).toBe("Sent: from Payment")
    await screen.press(".nx-node[tabindex='0']", "Home")
    expect(active()).toContain("Cart")
  })

  it("lights the edges of the node that has the focus", async () => {
    const { screen } = await graph()
    await screen.press(".nx-node[tabindex='0']", "End")
    expect(screen.element.querySelectorAll(".nx-edge[data-lit]")).toHaveLength(1)
  })

  it("chooses a node by Enter and by a click, and hands on what was given", async () => {
    const { live, screen } = await graph('onSelect="$state.picked = $event"')
    await screen.press(".nx-node[tabindex='0']", "ArrowRight")
    await screen.press(".nx-node[tabindex='0']", "Enter")
    expect(live.state.picked).toEqual(STEPS[1])
    expect(screen.find("[aria-pressed=true]").getAttribute("aria-label")).toContain("Payment")
    await screen.rest(() => screen.find("[data-node='2']").dispatchEvent(new MouseEvent("click", { bubbles: true })))
    expect(live.state.picked).toEqual(STEPS[2])
  })

  it("offers nothing to choose where nothing follows", async () => {
    const { screen } = await graph()
    expect(screen.element.querySelectorAll(".nx-node[role=button]")).toHaveLength(0)
    expect(screen.element.querySelectorAll(".nx-node[role=img]")).toHaveLength(3)
  })

  it("holds the same as a list", async () => {
    const { screen } = await graph()
    const items = [...screen.element.querySelectorAll("ul.nx-hidden li")].map((item) => item.textContent)
    expect(items).toEqual([
      "Cart: leads to Payment (order)",
      "Payment: leads to Sent; from Cart (order)",
      "Sent: from Payment",
    ])
  })
})
