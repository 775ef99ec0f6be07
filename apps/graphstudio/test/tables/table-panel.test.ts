import { parsePanel } from "@nexus/reactor"
import { renderPanel } from "@nexus/reactor/render"
import { describe, expect, test } from "vitest"
import { firstChoices } from "../../src/tables/choices.ts"
import { readTable } from "../../src/tables/read-table.ts"
import { MOST_ROW_TEXT } from "../../src/tables/table-data.ts"
import { toRows, toTablePanel } from "../../src/tables/table-panel.ts"

async function panelOf(text: string, name = "sales-2026.csv") {
  const table = await readTable(new File([text], name))
  const choices = firstChoices(name, table)
  const source = toTablePanel({ ...choices, file: name })
  const { panel, diagnostics } = parsePanel(source)
  expect(diagnostics).toEqual([])
  if (!panel) throw new Error("no panel")
  return { source, choices, html: renderPanel(panel, { rows: [...toRows(table, choices.columns)] }) }
}

describe("the panel of a table", () => {
  test("shows a chart of what can be measured and a table of all, in a source without the rows", async () => {
    const { source, choices, html } = await panelOf("day,shop,visits\n2026-03-09,Leipzig,12\n2026-03-10,Halle,7\n")
    expect(choices).toMatchObject({
      title: "Sales 2026",
      chart: { kind: "line", x: "day", y: ["visits"], how: "rows" },
    })
    expect(source).not.toContain("Leipzig")
    expect(html).toContain("Leipzig")
    expect(html).toContain("visits by day")
  })

  test("brings rows with the same name together", async () => {
    const { source, choices } = await panelOf("shop,visits\nLeipzig,12\nHalle,7\nLeipzig,5\n")
    expect(choices.chart?.how).toBe("sum")
    expect(source).toContain("groupBy($state.rows, 'shop')")
  })

  test("draws no chart where there is nothing to measure", async () => {
    const { choices } = await panelOf("who,where\nAda,London\nGrace,New York\n")
    expect(choices.chart).toBeUndefined()
  })

  test("takes names that mean something in NXML as names", async () => {
    const { source, html } = await panelOf(
      `"{$state.x}","a ""b"" <c> & 'd'","back\\slash"\nx,1,2\n`,
      `"{1 + 1}" <Button/> & co.csv`,
    )
    expect(parsePanel(source).panel?.view).toHaveLength(1)
    expect(html).toContain("&lt;Button/&gt;")
    expect(html).toContain("{$state.x}")
  })

  test("holds as many rows as fit into one change", async () => {
    const long = "x".repeat(3000)
    const table = await readTable(new File([`a,b\n${`1,${long}\n`.repeat(900)}`], "long.csv"))
    const rows = toRows(table, firstChoices("long.csv", table).columns)
    expect(rows.length).toBeLessThan(900)
    expect(JSON.stringify(rows).length).toBeLessThan(MOST_ROW_TEXT + 10_000)
  })
})
