// @vitest-environment happy-dom
import { ICON_NAMES } from "@nexus/protocol"
import { afterEach, describe, expect, it } from "vitest"
import { parsePanel } from "../../src/index.ts"
import { IconDrawing } from "../../src/react/icon/IconDrawing.tsx"
import { IconPart } from "../../src/react/icon/part.ts"
import { createPreviewPanel } from "../../src/react/index.ts"
import { renderPanel } from "../../src/render/index.ts"
import { panelOf } from "../world/panel.ts"
import { type Screen, show } from "../world/screen.ts"

const screens: Screen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close()
})

async function shown(rooms: Parameters<typeof panelOf>[0], state = {}) {
  const live = createPreviewPanel(panelOf(rooms), state)
  const screen = await show(live)
  screens.push(screen)
  return { live, screen }
}

describe("Slider", () => {
  const rooms = {
    data: '<State name="n" type="number" default="20"/><State name="seen" type="number"/>',
    view: '<Slider label="Warmth" bind="$state.n" min="16" max="26" step="0.5" unit="°C" onChange="$state.seen = $event"/>',
  }

  it("is the platform's slider, with its number in words for eyes and ears", async () => {
    const { screen } = await shown(rooms)
    const input = screen.find<HTMLInputElement>("input[type=range]")
    expect([input.min, input.max, input.step, input.value]).toEqual(["16", "26", "0.5", "20"])
    expect(input.getAttribute("aria-valuetext")).toBe("20 °C")
    expect(screen.find("output").textContent).toBe("20 °C")
    expect(screen.find("label").getAttribute("for")).toBe(input.id)
  })

  it("writes a number, and keeps what is outside at its ends", async () => {
    const { live, screen } = await shown(rooms)
    await screen.type("input", "21.5")
    expect(live.state).toEqual({ n: 21.5, seen: 21.5 })
    await screen.rest(() => live.write("$state.n", live.root, 99, "g"))
    expect(screen.find<HTMLInputElement>("input").value).toBe("26")
  })
})

describe("Date", () => {
  const view = (type: string) => `<Date label="When" bind="$state.at" type="${type}" min="2026-01-01T08:00:00Z"/>`
  const data = '<State name="at" type="string"/>'

  it.each([
    ["date", "date", "2026-03-09", "2026-01-01"],
    ["time", "time", "14:30", "08:00"],
    ["datetime", "datetime-local", "2026-03-09T14:30", "2026-01-01T08:00"],
    ["month", "month", "2026-03", "2026-01"],
  ])("%s is an input of the platform that shows its part of the text", (type, native, value, min) => {
    const painted = renderPanel(panelOf({ data, view: view(type) }), { at: "2026-03-09T14:30:15Z" })
    expect(painted).toContain(`type="${native}"`)
    expect(painted).toContain(`value="${value}"`)
    expect(painted).toContain(`min="${min}"`)
  })

  it("writes what was chosen, and nothing while it is half typed", async () => {
    const { live, screen } = await shown({ data, view: view("date") }, { at: "2026-03-09" })
    await screen.type("input", "2026-04-01")
    expect(live.state.at).toBe("2026-04-01")
    const input = screen.find<HTMLInputElement>("input")
    Object.defineProperty(input, "validity", { value: { badInput: true } })
    await screen.type("input", "")
    expect(live.state.at).toBe("2026-04-01")
  })
})

describe("Select with multiple", () => {
  it("is a named group of boxes; the value is a list in the options' order", async () => {
    const { live, screen } = await shown({
      data: '<State name="days" type="list" default=\'["Wed"]\'/>',
      view: '<Select label="Days" bind="$state.days" options="Mon,Tue,Wed" multiple="true"/>',
    })
    const boxes = () => [...screen.element.querySelectorAll<HTMLInputElement>("input[type=checkbox]")]
    expect(boxes().map(({ checked }) => checked)).toEqual([false, false, true])
    await screen.rest(() => boxes()[0]?.click())
    expect(live.state.days).toEqual(["Mon", "Wed"])
    await screen.rest(() => boxes()[2]?.click())
    expect(live.state.days).toEqual(["Mon"])
    const group = screen.find("[role=group]")
    expect(document.getElementById(group.getAttribute("aria-labelledby") ?? "")?.textContent).toBe("Days")
  })
})

describe("Icon", () => {
  it("draws every name it declares", () => {
    IconPart.provide(IconDrawing)
    for (const name of ICON_NAMES) {
      expect(renderPanel(panelOf({ view: `<Icon name="${name}"/>` })), name).toMatch(/<svg[^>]*aria-hidden="true"/)
    }
  })

  it("is decoration unless it has a label", () => {
    expect(renderPanel(panelOf({ view: '<Icon name="star"/>' }))).toMatch(/<span aria-hidden="true" class="nx-icon"/)
    const named = renderPanel(panelOf({ view: '<Icon name="star" label="A favourite"/>' }))
    expect(named).toMatch(/role="img" aria-label="A favourite"/)
  })

  it("a name it does not have is told with the nearest", () => {
    const { diagnostics } = parsePanel('<NexusPanel title="t"><View><Icon name="calender"/></View></NexusPanel>')
    expect(diagnostics).toMatchObject([{ code: "bad-attribute-type", hint: expect.stringContaining("calendar") }])
  })

  it("a name that an expression gives and nobody drew is an error at its place alone, and mends with the name", async () => {
    const rooms = {
      data: '<State name="sign" type="string" default="nothing"/>',
      view: '<Icon name="{$state.sign}"/><Text id="well" content="fine"/>',
    }
    const { live, screen } = await shown(rooms)
    expect(screen.find(".nx-error").textContent).toContain('There is no sign "nothing"')
    expect(screen.find("[data-nx-id=well]").textContent).toBe("fine")
    await screen.rest(() => live.write("$state.sign", live.root, "star", "g"))
    expect(screen.element.querySelector(".nx-error")).toBeNull()
    expect(screen.find(".nx-icon svg").getAttribute("aria-hidden")).toBe("true")
  })
})

describe("a Button with a sign", () => {
  it("keeps its words as its name when it shows the sign alone", () => {
    const painted = renderPanel(panelOf({ view: '<Button label="Remove" icon="trash" compact="true"/>' }))
    expect(painted).toMatch(/<button[^>]*aria-label="Remove"[^>]*><svg/)
    expect(painted).not.toContain("<span>Remove")
  })
})

describe("Form", () => {
  it("is submitted once while its handler runs, and says so", async () => {
    const { screen } = await shown({
      logic: '<Handler name="send">return 1</Handler>',
      view: '<Form onSubmit="send()"><Input label="Name" value="x"/><Button label="Send"/></Form>',
    })
    await screen.rest(() => screen.find("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })))
    expect(screen.find("form [role=alert]").textContent).toMatch(/save the panel to run it/)
  })

  it("asks for what is required by the platform's own means, so that the first one that lacks is focused", () => {
    const painted = renderPanel(
      panelOf({
        data: '<State name="a" type="string"/>',
        view: '<Form onSubmit="$state.a = \'x\'"><Input label="Name" bind="$state.a" required="true"/><Date label="Day" value="" required="true"/><Button label="Send"/></Form>',
      }),
    )
    expect(painted).not.toContain("noValidate")
    expect(painted.match(/ required=""/g)).toHaveLength(2)
    expect(painted).toMatch(/<button type="submit"/)
  })
})
