// @vitest-environment happy-dom
import { components, type Json, type JsonObject } from "@nexus/protocol"
import { act } from "react"
import { hydrateRoot, type Root } from "react-dom/client"
import { renderToString } from "react-dom/server"
import { afterEach, describe, expect, it, vi } from "vitest"
import { provideParts } from "../../src/react/eager-parts.ts"
import { createPreviewPanel, PanelView } from "../../src/react/index.ts"
import { panelOf } from "../world/panel.ts"

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
provideParts()

const roots: Root[] = []
afterEach(async () => {
  for (const root of roots.splice(0)) await act(async () => root.unmount())
  vi.restoreAllMocks()
})

const typeNameOf = (value: Json) => (Array.isArray(value) ? "list" : typeof value)
const declared = (name: string) => components.get(name) ?? { example: "", sample: {} }
const many = { rows: Array.from({ length: 10_000 }, (_, id) => ({ id, name: `n${id}` })) }

const VIEWS: readonly (readonly [name: string, view: string, state: JsonObject])[] = [
  ...["Table", "Chart", "Graph", "Markdown", "Code", "Log"].map(
    (name) => [name, declared(name).example, declared(name).sample ?? {}] as const,
  ),
  ["a long Table", '<Table label="All" rows="{$state.rows}"/>', many],
  ["a pie", '<Chart label="Parts" type="pie" data="{[3, 2, 1]}"/>', {}],
  ["a heatmap", '<Chart label="Cells" type="heatmap" data="{[{ a: 1, b: 2 }]}"/>', {}],
]

describe("the server's HTML", () => {
  it.each(VIEWS)(
    "of %s is taken over as it stands: no element is made anew, nothing differs",
    async (_, view, state) => {
      const errors = vi.spyOn(console, "error").mockImplementation(() => undefined)
      const data = Object.entries(state).map(([name, value]) => `<State name="${name}" type="${typeNameOf(value)}"/>`)
      const treeOf = () => <PanelView live={createPreviewPanel(panelOf({ data: data.join(""), view }), state)} />
      const element = document.createElement("div")
      element.innerHTML = renderToString(treeOf())
      const painted = [...element.querySelectorAll("*")].filter((found) => !found.closest("tbody"))
      const problems: unknown[] = []
      await act(async () => {
        roots.push(hydrateRoot(element, treeOf(), { onRecoverableError: (error) => problems.push(error) }))
      })
      expect(problems).toEqual([])
      expect(errors.mock.calls).toEqual([])
      expect(painted.filter((found) => !element.contains(found)).map((found) => found.outerHTML)).toEqual([])
    },
  )
})
