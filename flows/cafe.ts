import type { Entity, Frame } from "@nexus/protocol"
import { beforeAll, expect } from "vitest"
import { expectPanel, panel } from "./browser.ts"
import { tellStory } from "./story.ts"

export const SIZE = { w: 280, h: 180 }
const PLACES: Readonly<Record<string, readonly [number, number]>> = {
  Tea: [0, 0],
  Coffee: [331, 13],
  Milk: [650, -21],
  Till: [0, 260],
}

/** A panel that sells, and counts what it sold. */
export const source = (title: string) => `<NexusPanel title="${title}">
  <Data><State name="sold" type="number" default="2"/></Data>
  <Logic><Handler name="sell">$state.sold = $state.sold + 1</Handler></Logic>
  <View><Metric label="${title} sold" value="{$state.sold}"/><Button label="Sell ${title}" onClick="sell()"/></View>
</NexusPanel>`

const TILL = `<NexusPanel title="Till">
  <Data>
    <Import panel="Tea" name="sold" as="tea"/>
    <Import panel="Coffee" name="sold" as="coffee"/>
    <Computed name="all" value="{$imports.tea + $imports.coffee}"/>
  </Data>
  <View><Metric label="Cups" value="{$computed.all}"/></View>
</NexusPanel>`

interface World {
  readonly entities: readonly Entity[]
}

/** A workspace with four panels, one of which reads two others, and the hands that flows of the canvas need. */
export function tellCafe() {
  const story = tellStory()
  const page = () => story.me.page
  let workspace = ""

  async function api(path: string, body?: object): Promise<Response> {
    const headers = { authorization: `Bearer ${story.nexus.token}`, "content-type": "application/json" }
    const init = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers }
    const answer = await fetch(`${story.nexus.url}/api/v1${path}`, init)
    expect(answer.ok, await answer.clone().text()).toBe(true)
    return answer
  }

  /** Everything in the workspace of a kind, by name, as the kernel has it. */
  async function things(kind: string, byId = false): Promise<Map<string, Entity["properties"]>> {
    const query = { find: "kind", kind, limit: 100 }
    const { entities }: World = await (await api("/nog/query", { workspace, query })).json()
    return new Map(
      entities
        .filter((entity) => entity.kind === kind)
        .map(({ id, name, properties }) => [byId ? id : name, properties]),
    )
  }

  /** The canvas has arrived where it goes: what is pressed lies where it was looked for. */
  async function atRest(on = page()): Promise<void> {
    await on.evaluate(
      () =>
        new Promise<void>((done) => {
          const place = () => document.querySelector<HTMLElement>(".react-flow__viewport")?.style.transform
          let [last, frames] = [place(), 0]
          const look = () => {
            frames = place() === last ? frames + 1 : 0
            last = place()
            if (frames > 20) done()
            else requestAnimationFrame(look)
          }
          look()
        }),
    )
  }

  async function frame(title: string, kind = "panel"): Promise<Frame> {
    const found = (await things(kind)).get(title)?.frame
    return Object.assign({ x: 0, y: 0, w: 0, h: 0 }, found)
  }

  const bar = (title: string) => panel(page(), title).locator("header").first()
  const undo = () => page().keyboard.press("ControlOrMeta+Z")
  const choose = async (...titles: string[]) => {
    await page().keyboard.press("Escape")
    await expect.poll(chosen).toBe(0)
    for (const [index, title] of titles.entries()) {
      await bar(title).click({ position: { x: 120, y: 18 }, ...(index > 0 ? { modifiers: ["Shift"] } : {}) })
      await expect.poll(chosen).toBeGreaterThan(index)
    }
  }
  const chosen = () => page().locator(".react-flow__node.selected").count()
  const toolbar = () => page().getByRole("toolbar", { name: /chosen panels/ })

  async function grip(title: string): Promise<{ x: number; y: number }> {
    const box = await bar(title).boundingBox()
    if (!box) throw new Error(`${title} is not in view`)
    return { x: box.x + 120, y: box.y + 18 }
  }

  const panels = async () => (await things("panel", true)).keys().toArray()

  beforeAll(async () => {
    page().setDefaultTimeout(10_000)
    const made: { id: string } = await (await api("/workspaces", { name: "Café" })).json()
    workspace = made.id
    for (const [title, [x, y]] of Object.entries(PLACES)) {
      const text = title === "Till" ? TILL : source(title)
      await api("/panels", { workspace, source: text, frame: { x, y, ...SIZE } })
    }
    await page().goto(`${story.nexus.url}/#/w/${workspace}`)
    await expectPanel(page(), "Till")
    await page().keyboard.press("0")
    await page().keyboard.press("1")
    await atRest()
    await page().getByRole("button", { name: "Zoom 100%, back to 100%" }).waitFor()
  })
  return {
    story,
    page,
    workspace: () => workspace,
    api,
    things,
    panels,
    frame,
    atRest,
    bar,
    grip,
    undo,
    choose,
    chosen,
    toolbar,
  }
}
