import { expect, test } from "vitest"
import { open, panel } from "./cursor.ts"

const DATA = `<State name="rows" type="list" default='[{"title":"a","price":1.5,"tags":["x"]}]'/>
    <Computed name="total" value="{sum($state.rows, row => row.price)}"/>`

const rows = (inside: string) => `<Each items="{$state.rows}" as="row" index="place" key="{row.title}">${inside}</Each>`

/** Label and detail of what is offered at the cursor. */
function offered(view: string, kind?: string): string[] {
  const { document, offset } = open(panel({ data: DATA, view }))
  return document
    .completions(offset)
    .filter((completion) => kind === undefined || completion.kind === kind)
    .map(({ label, detail }) => `${label}: ${detail}`)
}

function hover(view: string): string | undefined {
  const { document, offset } = open(panel({ data: DATA, view }))
  return document.hover(offset)?.text
}

const MEMBERS = ["title: string", "price: number", "tags: list of string"]

test("a loop variable's members come from the list's first value, with their types", () => {
  expect(offered(rows('<Text content="{row.‸}"/>'))).toEqual(MEMBERS)
  expect(offered(rows('<Text content="{row.title.‸}"/>'), "property")).toEqual(["length: number"])
  expect(offered(rows('<Text content="{row.price.‸}"/>'), "method")).toContain("toFixed: toFixed(digits?)")
})

test("a bind, an event's argument and the value of an assignment know them too", () => {
  expect(offered(rows('<Input label="x" bind="row.‸"/>'))).toEqual(MEMBERS)
  expect(offered(rows('<Button label="x" onClick="add({ title: row.‸ })"/>'))).toEqual(MEMBERS)
  expect(offered(rows('<Button label="x" onClick="add(); $state.draft = row.‸"/>'))).toEqual(MEMBERS)
})

test("an arrow function's parameter has the type of the list's items, also while it is half written", () => {
  expect(offered('<Text content="{$state.rows.filter(r => r.‸)}"/>')).toEqual(MEMBERS)
  expect(offered('<Text content="{$state.rows.filter(r => r.‸"/>')).toEqual(MEMBERS)
  expect(offered('<Text content="{$state.rows.map(r => ‸)}"/>')).toContain(
    "r: { title: string, price: number, tags: list of string }",
  )
})

test("a method that takes a function is written with it, and one that is called already is not called again", () => {
  const { document, offset } = open(panel({ data: DATA, view: '<Text content="{$state.rows.fil‸}"/>' }))
  const filter = document.completions(offset).find(({ label }) => label === "filter")
  expect(filter).toMatchObject({
    insert: "filter(item => )",
    stops: [
      { offset: 7, length: 4 },
      { offset: 15, length: 0 },
    ],
  })
  const again = open(panel({ data: DATA, view: '<Text content="{$state.rows.fil‸(x => x)}"/>' }))
  expect(again.document.completions(again.offset).find(({ label }) => label === "filter")?.insert).toBe("filter")
})

test("functions of a namespace are offered with their signatures", () => {
  expect(offered('<Text content="{Math.‸}"/>')).toContain("max: Math.max(...numbers)")
})

test("computed values and loop variables are offered with their types", () => {
  const all = offered(rows('<Text content="{‸}"/>'))
  expect(all).toContain("$computed.total: number")
  expect(all).toContain("place: number")
})

test("in a handler members of state are offered, and a list can be changed", () => {
  const { document, offset } = open(
    panel({ data: DATA, logic: '<Handler name="x">$state.rows.‸</Handler>', view: "<Divider/>" }),
  )
  const labels = document.completions(offset).map(({ label }) => label)
  expect(labels).toEqual(expect.arrayContaining(["length", "filter", "push", "splice"]))
})

test("a method and a function say their signature, a member its type", () => {
  expect(hover('<Text content="{$state.rows.fil‸ter(r => r.price)}"/>')).toContain("filter(item => boolean)")
  expect(hover("<Text content=\"{for‸mat(1, '0%')}\"/>")).toContain("format(value, pattern?)")
  expect(hover('<Text content="{Math.ma‸x(1, 2)}"/>')).toContain("The largest.")
  expect(hover(rows('<Text content="{row.pri‸ce}"/>'))).toContain("price: number")
  expect(hover(rows('<Text content="{r‸ow.price}"/>'))).toContain("row: { title: string, price: number")
  expect(hover('<Text content="{$computed.tot‸al}"/>')).toContain("$computed.total: number")
})

test("a word of plain text and a string in an expression say nothing", () => {
  expect(hover('<Text content="form‸at {1}"/>')).toBeUndefined()
})
