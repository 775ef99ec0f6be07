import { expect, test } from "vitest"
import { editText } from "../../src/patch/edit-text.ts"
import { groceries } from "../worlds.ts"

test("text that stands once is replaced, and nothing else changes", () => {
  const edited = editText(groceries, 'label="Add"', 'label="Buy"')
  expect(edited).toEqual({ ok: true, text: groceries.replace('label="Add"', 'label="Buy"') })
})

test("replacements are literal", () => {
  expect(editText("a b", "a", "$& $1 $$")).toEqual({ ok: true, text: "$& $1 $$ b" })
})

test("text that stands nowhere is refused with the text", () => {
  const edited = editText(groceries, "<Slider/>", "")
  expect(edited).toMatchObject({ ok: false, problem: expect.stringContaining("<Slider/>") })
})

test("text that stands twice is refused, overlapping or not", () => {
  expect(editText("x y x", "x", "z")).toMatchObject({ ok: false, problem: expect.stringContaining("more than once") })
  expect(editText("aaa", "aa", "z").ok).toBe(false)
})

test("lines quoted with another indentation are found and keep the source's own", () => {
  const find =
    '<Each items="{$state.items}" as="item" key="{item.id}">\n  <Switch label="{item.title}" bind="item.done"/>\n</Each>'
  const replace =
    '<Each items="{$state.items}" as="item" key="{item.id}">\n  <Checkbox label="{item.title}" bind="item.done"/>\n</Each>'
  const edited = editText(groceries, find, replace)
  expect(edited).toEqual({
    ok: true,
    text: groceries.replace('<Switch label="{item.title}"', '<Checkbox label="{item.title}"'),
  })
})

test("quoted lines are deleted whole", () => {
  const edited = editText("a\n  b\nc", "      b\n", "")
  expect(edited).toEqual({ ok: true, text: "a\nc" })
})

test("a blank text is never found", () => {
  expect(editText("a\n\n\nb", "\n \n", "x").ok).toBe(false)
})
