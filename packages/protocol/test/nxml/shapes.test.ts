import { describe, expect, it } from "vitest"
import { ComponentProperties, type Json, type JsonObject, PanelProperties } from "../../src/index.ts"
import { panelFault } from "../../src/nog/panel-shape.ts"
import { isComponentProperties } from "../../src/nxml/components/component-shape.ts"

const COMPONENT: JsonObject = {
  declaration: {
    name: "Rating",
    doc: "Stars.",
    props: {
      value: { type: "number", doc: "How many.", initial: 3, required: true },
      size: { type: "enum", doc: "How large.", values: ["small", "large"] },
    },
    events: { onSelect: "When chosen." },
    children: "none",
    bind: "number",
    labelledBy: ["value"],
    width: { min: 10, ideal: 20, max: 30 },
    example: "<Rating/>",
    sample: { stars: [1, 2] },
    keyboard: "Arrows change it.",
  },
  source: "<NexusPanel/>",
}
const PANEL: JsonObject = {
  source: "<NexusPanel/>",
  frame: { x: 0, y: 0, w: 400, h: 300 },
  title: "T",
  state: { n: 1, list: [{ id: "a" }] },
  grants: ["time"],
}
const VALUES: (Json | undefined)[] = [null, "", "x", "onX", "number", "enum", -1, 25, 1e9, true, false, [], [1], {}]
VALUES.push({ id: 1 }, "a".repeat(2001), ["id", "x"], undefined)

type Holder = { [name: string]: Json | undefined }

/** `given` with one place after another changed: set to each value, taken away, or joined by one more. */
function* damaged(given: JsonObject): Generator<JsonObject> {
  const paths = pathsOf(given)
  for (const path of paths) {
    for (const value of VALUES) {
      for (const added of [undefined, "extra", "onMore", "id"]) {
        const copy = structuredClone(given) as Holder
        let holder = copy
        for (const step of path.slice(0, -1)) holder = holder[step] as Holder
        const last = path.at(-1) ?? ""
        if (added !== undefined) holder[added] = value
        else if (value === undefined) delete holder[last]
        else holder[last] = value
        yield JSON.parse(JSON.stringify(copy))
      }
    }
  }
}

function pathsOf(value: Json | undefined, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path]
  const inner = Object.entries(value).flatMap(([name, item]) => pathsOf(item as Json, [...path, name]))
  return path.length === 0 ? inner : [path, ...inner]
}

describe("what a viewer checks by hand", () => {
  it("of a package's component is what the schema says, over every place of it", () => {
    expect(isComponentProperties(COMPONENT)).toBe(true)
    const answers = { yes: 0, no: 0 }
    for (const value of damaged(COMPONENT)) {
      const wanted = ComponentProperties.safeParse(value).success
      expect(isComponentProperties(value), JSON.stringify(value)).toBe(wanted)
      answers[wanted ? "yes" : "no"] += 1
    }
    expect(Math.min(answers.yes, answers.no)).toBeGreaterThan(100)
  })

  it("of a panel's properties is what the schema says, and names the place", () => {
    expect(panelFault(PANEL)).toBeUndefined()
    const answers = { yes: 0, no: 0 }
    for (const value of damaged(PANEL)) {
      const wanted = PanelProperties.safeParse(value)
      const fault = panelFault(value)
      expect(fault === undefined, JSON.stringify(value)).toBe(wanted.success)
      if (fault) expect(wanted.error?.issues[0]?.path.join(".")).toContain(fault.at)
      answers[wanted.success ? "yes" : "no"] += 1
    }
    expect(Math.min(answers.yes, answers.no)).toBeGreaterThan(100)
  })
})
