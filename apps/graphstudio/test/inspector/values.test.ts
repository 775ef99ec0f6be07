import { PanelDocument } from "@nexus/reactor/language"
import { expect, test } from "vitest"
import { parseValue, printValue } from "../../src/inspector/parse-value.ts"
import { usesOf } from "../../src/inspector/uses-of.ts"

test("a typed value fits the state's type or says what is wanted", () => {
  expect(parseValue("string", "3")).toEqual({ value: "3" })
  expect(parseValue("number", "3")).toEqual({ value: 3 })
  expect(parseValue("number", "three")).toEqual({ wrong: "Write a number, such as 3 or 0.5." })
  expect(parseValue("list", "[1,")).toMatchObject({ wrong: expect.stringMatching(/^This is no JSON yet/) })
  expect(parseValue("object", "[1]")).toEqual({ wrong: 'Write an object, such as { "name": "Ada" }.' })
  expect(parseValue("object", printValue("object", { a: [1] }))).toEqual({ value: { a: [1] } })
})

test("a value's uses name what they stand in, their line, and whether they write it", () => {
  const document = new PanelDocument(`<NexusPanel title="T">
  <Data><State name="count" type="number"/><Computed name="double" value="{$state.count * 2}"/></Data>
  <Logic><Handler name="add">$state.count += 1</Handler></Logic>
  <View><Container title="A"><Text content="{$state.count}"/></Container></View>
</NexusPanel>`)
  expect(usesOf(document, "State", "count")).toMatchObject([
    { where: "Computed double", line: 2, writes: false, node: undefined },
    { where: "Handler add", line: 3, writes: true, node: undefined },
    { where: "Text", line: 4, writes: false, node: "0.0" },
  ])
  expect(usesOf(document, "Computed", "double")).toEqual([])
})
