import { COMMON_PROPS, type ComponentDeclaration, components, elements, type PropDeclaration } from "@nexus/protocol"
import { describe, expect, test } from "vitest"
import { ERROR_CODES, parsePanel } from "../../src/index.ts"
import { type Case, caseOf, readCases } from "./cases.ts"

const written = readCases()

/** Findings that a case is about only when it says so: a case need not use all that its frame declares. */
const BESIDE_THE_POINT: ReadonlySet<string> = new Set([
  "unused-state",
  "unused-handler",
  "missing-label",
  "missing-key",
])

function findingsOf({ source, expected }: Case) {
  const codes: ReadonlySet<string> = new Set(expected.map(({ code }) => code))
  return parsePanel(source).diagnostics.filter(({ code }) => codes.has(code) || !BESIDE_THE_POINT.has(code))
}

function expectFindings(given: Case): void {
  const found = findingsOf(given)
  expect(found.map(({ code }) => code)).toEqual(given.expected.map(({ code }) => code))
  if (given.marks.length > 0)
    expect(found.map(({ range }) => ({ offset: range.offset, length: range.length }))).toEqual(given.marks)
  for (const [index, { words }] of given.expected.entries())
    expect(`${found[index]?.message}. ${found[index]?.hint ?? ""}`).toContain(words)
}

describe("the rules of NXML", () => {
  test.each(written)("$name", expectFindings)
})

const repairable = written.filter((given) => findingsOf(given).some(({ fix }) => fix !== undefined))

describe("a fix takes its mistake away and makes none", () => {
  test.each(repairable)("$name", ({ source }) => {
    const before = parsePanel(source).diagnostics
    for (const { fix, code, range } of before) {
      if (fix === undefined) continue
      const { offset, length, text } = fix
      const after = parsePanel(source.slice(0, offset) + text + source.slice(offset + length)).diagnostics
      const errors = (list: typeof before) => list.filter(({ severity }) => severity === "error").length
      const same = (list: typeof before) => list.filter((other) => other.code === code).length
      expect(same(after), `"${fix.label}" at ${range.line}:${range.column}`).toBeLessThan(same(before))
      expect(errors(after), `"${fix.label}" at ${range.line}:${range.column}`).toBeLessThanOrEqual(errors(before))
    }
  })
})

/** A value that is surely of the prop's type, and one that is surely not; undefined where any text will do. */
function valuesOf({ type, values }: PropDeclaration): { readonly right: string; readonly wrong: string | undefined } {
  switch (type) {
    case "number":
      return { right: "3", wrong: "three" }
    case "boolean":
      return { right: "true", wrong: "maybe" }
    case "list":
      return { right: "{$state.items}", wrong: "$state.items" }
    case "object":
      return { right: "{$state.options}", wrong: "$state.options" }
    case "enum":
      return { right: values?.at(-1) ?? "", wrong: "none-of-them" }
    case "string":
      return { right: "words", wrong: undefined }
    case "any":
      return { right: "{$state.title}", wrong: undefined }
  }
}

/** The component with all it requires, `extra` attributes, and without those named in `leaving`. */
function tagWith(component: ComponentDeclaration, extra: string, leaving: string): string {
  const required = Object.entries(component.props)
    .filter(([name, prop]) => prop.required === true && name !== leaving)
    .map(([name, prop]) => `${name}="${valuesOf(prop).right}"`)
  return `<${component.name} ${[...required, extra].join(" ")}/>`
}

function declared(component: ComponentDeclaration): Case[] {
  const { name } = component
  const inside = (tag: string) => (component.parents === undefined ? tag : wrapped(component, tag))
  const viewCase = (what: string, tag: string, ...codes: string[]) =>
    caseOf(`${name}: ${what}`, "view", inside(tag), codes)
  const cases = [
    viewCase("as little as it takes", tagWith(component, "", "")),
    viewCase("an attribute that it does not have", tagWith(component, '⟦zzzz⟧="x"', ""), "unknown-attribute"),
  ]
  for (const [prop, declaration] of Object.entries({ ...component.props, ...COMMON_PROPS })) {
    const { right, wrong } = valuesOf(declaration)
    cases.push(viewCase(`${prop}="${right}"`, tagWith(component, `${prop}="${right}"`, prop)))
    if (wrong !== undefined)
      cases.push(viewCase(`${prop}="${wrong}"`, tagWith(component, `${prop}="⟦${wrong}⟧"`, prop), "bad-attribute-type"))
    if (declaration.required === true)
      cases.push(viewCase(`without ${prop}`, tagWith(component, "", prop), "missing-attribute"))
  }
  for (const event of Object.keys(component.events)) {
    cases.push(viewCase(`${event} runs a handler`, tagWith(component, `${event}="add()"`, "")))
    cases.push(
      viewCase(`${event} runs no handler there is`, tagWith(component, `${event}="⟦zzzz⟧()"`, ""), "undefined-handler"),
    )
  }
  return cases
}

function wrapped(component: ComponentDeclaration, tag: string): string {
  const [parent = ""] = component.parents ?? []
  return `<${parent}>${tag}</${parent}>`
}

describe("every component as it is declared", () => {
  test.each([...components.values()].flatMap(declared))("$name", expectFindings)
})

describe("every example is right", () => {
  test.each([...elements.values()].filter(({ name, parents }) => parents.length > 0 && name !== "Embed"))(
    "$name",
    ({ name, example, parents }) => {
      const room = parents.includes("Data") ? "data" : parents.includes("Logic") ? "logic" : "view"
      const frame = parents.includes("NexusPanel") ? `<NexusPanel title="T">${example}<View/></NexusPanel>` : undefined
      const nested = name === "Else" ? `<If test="{true}">${example}</If>` : example
      if (name === "Arg") expectFindings(caseOf(name, "logic", `<Tool name="t" handler="add">${example}</Tool>`, []))
      else if (name !== "View") {
        const given = caseOf(name, frame === undefined ? room : "panel", frame ?? nested, [])
        const wrong = findingsOf(given).filter(({ code }) => !NEEDS_MORE.has(code))
        expect(wrong.map(({ message }) => message)).toEqual([])
      }
    },
  )
})

/** An example shows one element: what it names is declared elsewhere. */
const NEEDS_MORE: ReadonlySet<string> = new Set([
  "undefined-state",
  "undefined-handler",
  "undeclared-capability",
  "duplicate-name",
])

const nested = (levels: number) => "<Container>".repeat(levels) + "</Container>".repeat(levels)

test.each([
  ["nested 62 levels", nested(61), []],
  ["nested 65 levels", nested(63), ["too-deep"]],
  ["10,000 elements", "<Divider/>".repeat(9_900), []],
  ["more than 10,000 elements", "<Divider/>".repeat(10_001), ["too-large"]],
  ["more than 1 MiB", `<!-- ${"x".repeat(1024 * 1024)} -->`, ["too-large"]],
])("limits: %s", (_, source, codes) => {
  expectFindings(caseOf("", "view", source, codes))
})

test("every code has cases", () => {
  const seen = new Set(written.flatMap(({ expected }) => expected.map(({ code }) => code)))
  expect(ERROR_CODES.filter((code) => !seen.has(code) && code !== "too-large" && code !== "too-deep")).toEqual([])
})
