import { readdirSync, readFileSync } from "node:fs"
import { components, elements } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"
import { applyEdits, PanelDocument, strictXml } from "@nexus/reactor/language"
import { Ajv2020 } from "ajv/dist/2020.js"
import { expect, test } from "vitest"
import { validateXML } from "xmllint-wasm"
import { nexus } from "../nexus.ts"

const gallery = new URL("../../../../gallery/", import.meta.url)
const panels = readdirSync(gallery, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "components")
  .map(({ name }) => ({ name, source: readFileSync(new URL(`${name}/panel.nxml`, gallery), "utf8") }))

const xsd = (await nexus(["schema", "--format", "xsd"])).out

/** What the schema says against each of the documents. */
async function complaints(...sources: readonly string[]): Promise<string[]> {
  const xml = sources.map((contents, index) => ({ fileName: `${index}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema: xsd })
  return errors.map(({ message, loc }) => `${loc?.fileName}: ${message}`)
}

function asXml(source: string): string {
  return applyEdits(source, strictXml(new PanelDocument(source)))
}

function inView(view: string): string {
  return `<NexusPanel title="x"><View>${view}</View></NexusPanel>`
}

test("every panel of the gallery, written as XML, is valid by the XML Schema", async () => {
  expect(await complaints(...panels.map(({ source }) => asXml(source)))).toEqual([])
})

test("a panel written as XML is the same panel and has no new finding", async () => {
  const source = `<NexusPanel title="a &amp; b">
  <Data><State name="n" type="number"/></Data>
  <Logic><Handler name="h">if ($state.n < 3 && true) $state.n += 1</Handler></Logic>
  <View><Text content="{$state.n < 3 && $state.n > 1 ? 'a' : 'b'} & c"/><Button label="x" onClick="h()"/></View>
</NexusPanel>`
  const written = (await nexus(["fmt", "--xml", "-"], source)).out
  expect(written).toContain("<![CDATA[if ($state.n < 3 && true) $state.n += 1]]></Handler>")
  expect(await complaints(written)).toEqual([])
  const [before, after] = [parsePanel(source), parsePanel(written)]
  expect(after.diagnostics).toEqual([])
  expect(after.panel?.handlers.map((handler) => handler.source)).toEqual(
    before.panel?.handlers.map((handler) => handler.source),
  )
  expect(after.panel?.view[0]?.attributes.content?.text).toBe(before.panel?.view[0]?.attributes.content?.text)
  expect(asXml(written)).toBe(written)
})

test("every component and control element has its example valid by the XML Schema", async () => {
  const controls = [...elements.values()].filter(({ parents }) => parents.includes("View"))
  const examples = [...components.values(), ...controls].map(({ example }) => asXml(inView(example)))
  expect(await complaints(...examples)).toEqual([])
})

test.each([
  ["an unknown element", inView('<Txt content="x"/>'), /Txt/],
  ["an unknown attribute", inView('<Text content="x" colour="red"/>'), /colour/],
  ["a missing attribute", inView("<Text/>"), /content.*required|required.*content/],
  ["a value that is not one of an enum", inView('<Text content="x" tone="loud"/>'), /loud/],
  ["a text where a number is", inView('<Progress value="much"/>'), /much/],
  ["an element in the wrong room", '<NexusPanel title="x"><Data><Handler name="x"/></Data></NexusPanel>', /Handler/],
  ["a name that is none", '<NexusPanel title="x"><Data><State name="1" type="list"/></Data></NexusPanel>', /'1'/],
])("the XML Schema refuses %s", async (_, source, told) => {
  expect((await complaints(source)).join("\n")).toMatch(told)
})

test("an expression may stand wherever a number, a flag or a choice does", async () => {
  const source = inView('<Text content="x" tone="{1}"/><Progress value="{1}"/><Button label="x" disabled="{true}"/>')
  expect(await complaints(source)).toEqual([])
})

test("every panel of the gallery as data is valid by the JSON Schema, and a foreign field is not", async () => {
  const schema = (await nexus(["schema", "--format", "json", "--json"])).json() as object
  const validate = new Ajv2020({ strict: false }).compile(schema)
  for (const { name, source } of panels) {
    const panel: unknown = JSON.parse(JSON.stringify(parsePanel(source).panel))
    expect(validate(panel) || validate.errors, name).toBe(true)
  }
  const { panel } = parsePanel(inView('<Text content="x"/>'))
  expect(validate(JSON.parse(JSON.stringify(panel)))).toBe(true)
  expect(validate({ ...panel, colour: "red" })).toBe(false)
  const [text] = panel?.view ?? []
  expect(validate({ ...panel, view: [{ ...text, attributes: {} }] })).toBe(false)
  expect(validate({ ...panel, view: [{ ...text, element: "Package-Own", attributes: {} }] })).toBe(true)
})
