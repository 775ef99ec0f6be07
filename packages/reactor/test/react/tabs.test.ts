// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest"
import { createPreviewPanel } from "../../src/react/index.ts"
import { panelOf } from "../world/panel.ts"
import { type Screen, show } from "../world/screen.ts"

const screens: Screen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close()
})

async function tabs(attributes = "", more = "") {
  const panel = panelOf({
    data: '<State name="open" type="string"/><State name="seen" type="string"/><State name="list" type="list"/>',
    view: `<Tabs label="Parts" ${attributes}>
      <Tab name="one" label="One"><Text content="First part"/></Tab>
      <Tab label="Off" disabled="true"><Text content="Never"/></Tab>
      <Tab name="two" label="Two" badge="{$state.list.length}"><Text content="Second part"/></Tab>
      ${more}
    </Tabs>`,
  })
  const live = createPreviewPanel(panel)
  const screen = await show(live)
  screens.push(screen)
  const all = () => [...screen.element.querySelectorAll<HTMLElement>("[role=tab]")]
  const open = () => screen.find("[role=tab][aria-selected=true]").textContent
  return { live, screen, all, open }
}

describe("Tabs", () => {
  it("opens the first part, and paints no other", async () => {
    const { screen, open } = await tabs()
    expect(open()).toBe("One")
    expect(screen.text()).toContain("First part")
    expect(screen.text()).not.toContain("Second part")
  })

  it("names the list, the tab and the part for each other", async () => {
    const { screen } = await tabs()
    expect(screen.find("[role=tablist]").getAttribute("aria-label")).toBe("Parts")
    const tab = screen.find("[role=tab][aria-selected=true]")
    const part = screen.find("[role=tabpanel]")
    expect(part.getAttribute("aria-labelledby")).toBe(tab.id)
    expect(tab.getAttribute("aria-controls")).toBe(part.id)
  })

  it("is one stop of the Tab key: the open tab", async () => {
    const { all } = await tabs()
    expect(all().map((tab) => tab.tabIndex)).toEqual([0, -1, -1])
  })

  it("opens by arrows, around the ends and past what is disabled, and by Home and End", async () => {
    const { screen, open } = await tabs('bind="$state.open"', '<Tab label="Three"><Text content="Third"/></Tab>')
    const press = (key: string) => screen.press("[role=tab][aria-selected=true]", key)
    await press("ArrowRight")
    expect([open(), document.activeElement?.textContent]).toEqual(["Two0", "Two0"])
    await press("ArrowLeft")
    expect(open()).toBe("One")
    await press("ArrowLeft")
    expect(open()).toBe("Three")
    await press("Home")
    expect(open()).toBe("One")
    await press("End")
    expect(open()).toBe("Three")
  })

  it("is bound to the name of the open part, both ways", async () => {
    const { live, screen, open } = await tabs('bind="$state.open" onChange="$state.seen = $event"')
    await screen.rest(() => live.write("$state.open", live.root, "two", "g"))
    expect(open()).toBe("Two0")
    await screen.rest(() => screen.element.querySelectorAll<HTMLElement>("[role=tab]")[0]?.click())
    expect(live.state).toMatchObject({ open: "one", seen: "one" })
  })

  it("without bind each viewer opens their own", async () => {
    const { live, screen, open } = await tabs()
    await screen.rest(() => screen.element.querySelectorAll<HTMLElement>("[role=tab]")[2]?.click())
    expect(open()).toBe("Two0")
    expect(live.state.open).toBe("")
  })

  it("a name that no tab has, and one that is disabled, open the first", async () => {
    const { live, screen, open } = await tabs('bind="$state.open"')
    for (const name of ["gone", "Off"]) {
      await screen.rest(() => live.write("$state.open", live.root, name, "g"))
      expect(open()).toBe("One")
    }
  })

  it("follows its badge, and tabs that come of a list", async () => {
    const { live, screen, all } = await tabs(
      "",
      '<Each items="{$state.list}" as="it" key="{it}"><Tab label="{it}"><Text content="{it}"/></Tab></Each>',
    )
    await screen.rest(() => live.write("$state.list", live.root, ["a", "b"], "g"))
    expect(all().map((tab) => tab.textContent)).toEqual(["One", "Off", "Two2", "a", "b"])
  })
})
