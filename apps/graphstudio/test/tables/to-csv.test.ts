import { parsePanel } from "@nexus/reactor"
import { createPreviewPanel, tablesOf } from "@nexus/reactor/react"
import { describe, expect, test } from "vitest"
import { toCsv } from "../../src/tables/to-csv.ts"

const PANEL = `<NexusPanel title="Things">
  <Data>
    <State name="rows" type="list"/>
    <State name="shops" type="list" default='["Halle","Gera"]'/>
  </Data>
  <View>
    <Tabs>
      <Tab label="First"><Text content="Nothing"/></Tab>
      <Tab label="Second"><Table label="Things" rows="{$state.rows}" columns="{['what', { key: 'n', label: 'Count' }]}"/></Tab>
    </Tabs>
    <Each items="{$state.shops}" as="shop"><Table label="{shop}" rows="{[{ shop: shop }]}"/></Each>
    <If test="{false}"><Table label="Hidden" rows="{[]}"/></If>
  </View>
</NexusPanel>`

function tables(rows: { what: string | null; n?: number | string }[]) {
  const { panel } = parsePanel(PANEL)
  if (!panel) throw new Error("no panel")
  const live = createPreviewPanel(panel, { rows })
  try {
    return tablesOf(live)
  } finally {
    live.close()
  }
}

describe("the tables of a panel", () => {
  test("are found in closed tabs and in every turn of a loop, not where nothing shows them", () => {
    expect(tables([]).map(({ label }) => label)).toEqual(["Things", "Halle", "Gera"])
  })

  test("have the columns that are written, in their order, under their labels", () => {
    const [first] = tables([{ n: 2, what: "Lamp" }])
    expect(first?.columns.map(({ label }) => label)).toEqual(["What", "Count"])
    expect(first?.rows).toEqual([["Lamp", 2]])
  })
})

describe("CSV", () => {
  const csv = (rows: Parameters<typeof tables>[0]) => {
    const [first] = tables(rows)
    return first ? toCsv(first).split("\r\n").slice(1) : []
  }

  test.each(["=1+1", "+49 341", "-2", "@sum", "\t=1", "\r=1"])("%j is kept from being a formula", (text) => {
    const [line] = csv([{ what: text, n: 1 }])
    expect(line).toMatch(/^"?'/)
  })

  test("a number stays a number, also below zero", () => {
    expect(csv([{ what: "a", n: -2.5 }])).toEqual(["a,-2.5"])
  })

  test("commas, quotes and line breaks are one cell", () => {
    expect(csv([{ what: 'a, "b"\nc', n: 1 }])).toEqual(['"a, ""b""\nc",1'])
  })

  test("what is missing is an empty cell", () => {
    expect(csv([{ what: null }])).toEqual([","])
  })
})
