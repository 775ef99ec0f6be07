// @vitest-environment happy-dom
import { readdirSync, readFileSync } from "node:fs"
import { components, type JsonObject, type Panel } from "@nexus/protocol"
import { act } from "react"
import { afterEach, describe, expect, it } from "vitest"
import { decodePanel, encodePanel } from "../../src/compiled/index.ts"
import { parsePanel } from "../../src/index.ts"
import { createPreviewPanel, type HydratedPanel, hydratePanel } from "../../src/react/index.ts"
import { renderPanel } from "../../src/render/index.ts"
import { sourceOf } from "../world/panel.ts"

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

const gallery = `${import.meta.dirname}/../../../../gallery`
const SIZE = { width: 400 }
const shown: HydratedPanel[] = []
afterEach(async () => {
  for (const panel of shown.splice(0)) await act(async () => panel.close())
  document.body.innerHTML = ""
})

/** What a page with a panel goes through: the server's HTML, then React taking it over, as a viewer does. */
async function page(source: string, state: JsonObject = {}) {
  const { panel } = parsePanel(source)
  if (!panel) throw new Error("no panel")
  const html = renderPanel(panel, state, { ...SIZE, hydratable: true, id: "p1" })
  const element = document.createElement("main")
  element.innerHTML = html
  document.body.append(element)
  const before = element.innerHTML
  const first = element.firstElementChild
  const compiled = decodePanel(encodePanel(source, { withSource: false })).panel
  const open = (of: Panel, now: JsonObject) => createPreviewPanel(of, now, { id: "p1" })
  const problems: unknown[] = []
  let taken: HydratedPanel | undefined
  await act(async () => {
    taken = hydratePanel(element, open(compiled, state), { ...SIZE, onMismatch: (error) => problems.push(error) })
  })
  if (!taken) throw new Error("not taken over")
  shown.push(taken)
  return {
    element,
    before,
    problems,
    sameElement: () => element.firstElementChild === first,
    goLive: (now: JsonObject) => act(async () => taken?.show(open(compiled, now))),
  }
}

/** The button that puts a Code on the clipboard; it comes with the script that makes it work. */
const COPY = /<button type="button" class="nx-tool nx-copy">.*?<\/button>/g
/** Ids and what a browser writes its own way aside. */
const comparable = (html: string) =>
  html
    .replaceAll(/\s(checked|selected|value|style)="[^"]*"/g, "")
    .replaceAll(/<!--.*?-->/g, "")
    .replaceAll(COPY, "")

describe("hydratePanel", () => {
  it("takes over every panel of the gallery without a mismatch or a change", async () => {
    const names = readdirSync(gallery).filter((name) => !name.includes("."))
    let taken = 0
    for (const name of names) {
      if (!readdirSync(`${gallery}/${name}`).includes("panel.nxml")) continue
      const { element, before, problems, sameElement } = await page(
        readFileSync(`${gallery}/${name}/panel.nxml`, "utf8"),
      )
      expect(problems, name).toEqual([])
      expect(sameElement(), name).toBe(true)
      expect(comparable(element.innerHTML), name).toBe(comparable(before))
      taken += 1
    }
    expect(taken).toBeGreaterThan(5)
  })

  it("takes over every component's example without a mismatch", async () => {
    for (const { name, example, sample = {} } of components.values()) {
      const types = { string: "string", number: "number", boolean: "boolean" } as const
      const data = Object.entries(sample).map(([state, value]) => {
        const type = Array.isArray(value) ? "list" : (types[typeof value as "string"] ?? "object")
        return `<State name="${state}" type="${type}"/>`
      })
      const handlers = [...new Set([...example.matchAll(/on\w+="(\w+)\(/g)].map(([, handler]) => handler))]
      const logic = handlers.map((handler) => `<Handler name="${handler}">$log.info("")</Handler>`).join("")
      const { problems, sameElement } = await page(sourceOf({ data: data.join(""), logic, view: example }), sample)
      expect(problems, name).toEqual([])
      expect(sameElement(), name).toBe(true)
    }
  })

  it("has inputs switched off until the panel is live, and then shows what is true by then", async () => {
    const source = sourceOf({
      data: '<State name="n" type="number"/><State name="who" type="string"/>',
      view: '<Layout><Text content="{$state.n} things"/><Input label="Who" bind="$state.who"/></Layout>',
    })
    const { element, before, goLive, problems } = await page(source, { n: 3, who: "Ada" })
    expect(before).toMatch(/<input[^>]* disabled=""/)
    const input = element.querySelector("input")
    expect([input?.disabled, input?.value, element.querySelector("p")?.textContent]).toEqual([true, "Ada", "3 things"])
    await goLive({ n: 4, who: "Bob" })
    expect(element.querySelector("input")).toBe(input)
    expect([input?.disabled, input?.value, element.querySelector("p")?.textContent]).toEqual([false, "Bob", "4 things"])
    expect(problems).toEqual([])
  })
})

describe("a rendered page", () => {
  it("holds nothing secret and nothing that is one viewer's own", () => {
    const source = sourceOf({
      data: '<State name="key" type="string" secret="true" default="canary-default"/><State name="own" type="string" scope="session" default="mine"/><State name="all" type="string"/>',
      view: '<Text content="[{$state.key}] [{$state.own}] [{$state.all}]"/>',
    })
    const { panel } = parsePanel(source)
    const state = { key: "canary-secret", own: "canary-session", all: "shared" }
    for (const hydratable of [false, true]) {
      const html = panel ? renderPanel(panel, state, { hydratable }) : ""
      expect(html).toContain("[] [mine] [shared]")
      expect(html).not.toContain("canary")
    }
  })

  it("draws what is drawn in numbers for the width it is told", () => {
    const { panel } = parsePanel(
      sourceOf({
        view: '<Layout strategy="row" gap="20"><Chart label="a" data="{[1, 2]}"/><Chart label="b" data="{[1, 2]}"/></Layout>',
      }),
    )
    const html = panel ? renderPanel(panel, {}, { width: 820 }) : ""
    expect(html.match(/<svg[^>]* viewBox="0 0 400 /g)).toHaveLength(2)
  })
})
