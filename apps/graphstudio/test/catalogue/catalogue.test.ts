import { components, elements } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"
import { describe, expect, it } from "vitest"
import { readCatalogue, searchCatalogue } from "../../src/catalogue/catalogue.ts"
import { toExample } from "../../src/catalogue/example.ts"

const groups = readCatalogue()
const entries = groups.flatMap((group) => group.entries)
const titled = (title: string) => groups.find((group) => group.title === title)?.entries.map(({ name }) => name) ?? []

describe("the catalogue", () => {
  it("has every component and every control element exactly once", () => {
    const control = [...elements.values()].filter(({ parents }) => parents.includes("View")).map(({ name }) => name)
    expect(entries.map(({ name }) => name).sort()).toEqual([...components.keys(), ...control].sort())
  })

  it("groups them as the language does: arrange, show, ask, control", () => {
    expect(titled("Arrange")).toContain("Layout")
    expect(titled("Show")).toContain("Table")
    expect(titled("Ask")).toEqual(expect.arrayContaining(["Input", "Form", "Button"]))
    expect(titled("Control")).toEqual(expect.arrayContaining(["If", "Each"]))
    expect(titled("More")).toEqual([])
  })

  it("says of a component what its declaration says", () => {
    const input = entries.find(({ name }) => name === "Input")
    expect(input?.bind).toBe("string")
    expect(input?.props.find(({ name }) => name === "type")).toMatchObject({ type: "enum", initial: "text" })
    expect(input?.accessibleName).toContain("`label` or `placeholder`")
    expect(input?.events.map(([name]) => name)).toEqual(["onChange", "onSubmit"])
  })
})

describe("searching", () => {
  const namesFor = (text: string) =>
    searchCatalogue(groups, text).flatMap((group) => group.entries.map(({ name }) => name))

  it("finds by name whatever the case, and says nothing about the others", () => {
    expect(namesFor("TEXTa")).toEqual(["TextArea"])
  })

  it("finds by what is said about it where no name fits", () => {
    expect(namesFor("password")).toEqual(["Input"])
  })

  it("an empty search shows everything, and nonsense shows nothing", () => {
    expect(namesFor("  ")).toHaveLength(entries.length)
    expect(namesFor("zzzz")).toEqual([])
  })
})

describe("an example", () => {
  it.each(entries.map((entry) => [entry.name, entry] as const))("of %s is a panel without a mistake", (name, entry) => {
    const { source, snippet } = toExample(name, entry.example, entry.sample)
    const { panel, diagnostics } = parsePanel(source)
    expect(diagnostics).toEqual([])
    expect(snippet).toContain(`<${name}`)
    expect(panel?.states.map((state) => [state.name, state.initial])).toEqual(Object.entries(entry.sample))
  })

  it("keeps quotes, line breaks and signs of its sample", () => {
    const sample = { text: `a "b" 'c' <d> & {e}\nf`, list: ["'", '"'], yes: true, count: 1.5, none: { a: 1 } }
    const { panel } = parsePanel(toExample('A "b"', '<Text content="{$state.text}"/>', sample).source)
    expect(panel?.title).toBe('A "b"')
    expect(Object.fromEntries(panel?.states.map(({ name, initial }) => [name, initial]) ?? [])).toEqual(sample)
  })
})
