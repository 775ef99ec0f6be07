import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { components, type Json } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { paintedElements } from "../../src/react/index.ts"
import { renderPanel } from "../../src/render/index.ts"
import { panelOf } from "../world/panel.ts"

const html = (view: string, data = "", state = {}) => renderPanel(panelOf({ data, view }), state)

const typeNameOf = (value: Json) => (Array.isArray(value) ? "list" : typeof value)

describe("renderPanel", () => {
  it("paints every component that is declared, and every declared example", () => {
    expect([...paintedElements()].sort()).toEqual([...components.keys()].sort())
    for (const { name, example, sample = {} } of components.values()) {
      const data = Object.entries(sample).map(
        ([state, value]) => `<State name="${state}" type="${typeNameOf(value)}"/>`,
      )
      const painted = renderPanel(panelOf({ data: data.join(""), view: example }), sample)
      expect(painted, name).not.toContain("nx-error")
      expect(painted, name).toContain("nx-")
    }
  })

  it("shows the given state, and the declared one where none is given", () => {
    const data = '<State name="a" type="number" default="1"/><State name="b" type="number" default="2"/>'
    expect(html('<Text content="{$state.a} {$state.b}"/>', data, { b: 7 })).toContain(">1 7</p>")
  })

  it("gives the same HTML for the same panel and state", () => {
    const view = '<Layout><Input label="Name" value="x"/><Chart label="n" data="{[1, 2]}"/></Layout>'
    expect(html(view)).toBe(html(view))
  })

  it("never writes a panel's text as HTML, nor an address that could run something", () => {
    const hostile = '<State name="t" type="string"/>'
    const state = {
      t: "<img src=x onerror=alert(1)>[a](javascript:alert(1)) ![p](data:text/html,x) <script>1</script>",
    }
    const painted = html(
      '<Text content="{$state.t}"/><Markdown content="{$state.t}"/><Code content="{$state.t}"/>',
      hostile,
      state,
    )
    expect(painted).not.toMatch(/<img[^>]*(onerror|src)|<script|(href|src)="(javascript|data)/)
    expect(html('<Link label="go" href="{$state.t}"/>', hostile, { t: "javascript:alert(1)" })).not.toContain("href")
    expect(html('<Link label="go" href="https://example.org/a"/>')).toContain('href="https://example.org/a"')
  })

  it("gives every input a name that assistive technology reads", () => {
    const view =
      '<Input label="Name" value=""/><Input placeholder="Milk" value=""/><Switch label="Live" value="{true}"/>'
    const painted = html(view)
    expect(painted).toMatch(/<label class="nx-label" for="([^"]+)">Name<\/label><input id="\1"/)
    expect(painted).toContain('aria-label="Milk"')
    expect(painted).toMatch(/role="switch"[^>]*aria-checked="true"/)
  })

  it("draws a chart with a table of the same numbers beside it", () => {
    const rows = "{[{ day: 'Mon', a: 3, b: 1 }, { day: 'Tue', a: 5, b: 2 }]}"
    for (const type of ["line", "area", "bar", "scatter"]) {
      const painted = html(`<Chart label="Per day" type="${type}" x="day" data="${rows}"/>`)
      expect(painted).toMatch(/<svg[^>]*role="img"/)
      expect(painted).not.toContain("NaN")
      expect(painted).toContain('<th scope="row">Tue</th><td>5</td><td>2</td>')
      expect(painted).toContain("nx-legend")
    }
    expect(html('<Chart label="n" data="{[]}"/>')).toContain("Nothing to draw yet")
    expect(html('<Chart label="n" data="{[4]}" type="bar"/>')).not.toContain("NaN")
  })

  it("limits the rows of a table and says how many there are", () => {
    const data = '<State name="rows" type="list"/>'
    const rows = Array.from({ length: 30 }, (_, id) => ({ id, who: `n${id}`, cost: id * 1000 }))
    const painted = html('<Table label="All" rows="{$state.rows}" limit="10" columns="who,cost"/>', data, { rows })
    expect(painted.match(/<tr /g)).toHaveLength(11)
    expect(painted).toContain("Show 10 more of 30")
    expect(painted).toContain('<td data-align="end">9,000</td>')
    expect(painted).toContain("1–10 of 30 rows")
  })

  it("paints the first hundred rows of a long table, and nothing in place of the others", () => {
    const data = '<State name="rows" type="list"/>'
    const rows = Array.from({ length: 10_000 }, (_, id) => ({ id, who: `n${id}` }))
    const painted = html('<Table label="All" rows="{$state.rows}" columns="who"/>', data, { rows })
    expect(painted.match(/<tr /g)).toHaveLength(101)
    expect(painted).toContain('aria-rowcount="10001"')
    expect(painted).not.toContain("nx-gap")
  })

  it("paints what comes on demand in the browser at once", () => {
    const painted = html(
      `<Markdown content="# Title"/><Code language="js" content="const a = 1"/><Graph label="g" nodes="{['a', 'b']}" edges="{[{ from: 'a', to: 'b' }]}"/><Chart label="c" data="{[1, 2]}"/>`,
    )
    expect(painted).toContain("<h1>Title</h1>")
    expect(painted).toContain('<span class="tok-keyword">const</span>')
    expect(painted).toMatch(/<g class="nx-node"[^>]*aria-label="a: leads to b"/)
    expect(painted).toContain("nx-line")
    expect(painted).not.toMatch(/nx-skeleton|nx-unread/)
  })

  it("places children by styles alone: the browser lays them out before any script runs", () => {
    expect(html('<Layout><Text content="a"/></Layout>')).toContain("flex:240 1 0;min-width:min(160px, 100%)")
  })

  it("runs in plain Node behind the JSX hook", () => {
    const script = `
      await import("@nexus/reactor/register-jsx")
      const { parsePanel } = await import("@nexus/reactor")
      const { renderPanel } = await import("@nexus/reactor/render")
      const { panel } = parsePanel('<NexusPanel title="T"><View><Metric label="Sum" value="{1 + 2}"/></View></NexusPanel>')
      console.log(renderPanel(panel))`
    const cwd = fileURLToPath(new URL("../..", import.meta.url))
    const out = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd, encoding: "utf8" })
    expect(out).toContain('<dd class="nx-metric-value">3</dd>')
  })
})
