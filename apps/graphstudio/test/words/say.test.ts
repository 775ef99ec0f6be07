import { IntlMessageFormat } from "intl-messageformat"
import { renderToStaticMarkup } from "react-dom/server"
import { describe, expect, it } from "vitest"
import { pseudo } from "../../src/words/pseudo.ts"
import { say, sayOf, sayRich } from "../../src/words/say.ts"

describe("words", () => {
  it("says a plain message as it stands", () => {
    expect(say("Share")).toBe("Share")
  })

  it("fills in values and counts as the language does", () => {
    const message = "{count, plural, one {# panel} other {# panels}} of {name}"
    expect(say(message, { count: 1, name: "Ada" })).toBe("1 panel of Ada")
    expect(say(message, { count: 3, name: "Ada" })).toBe("3 panels of Ada")
  })

  it.each([
    ["{title}, panel", { title: "A {b} 'c' <d> #" }],
    ["{count} of {all}", { count: 12_345.678, all: 0 }],
  ])("what only names its values is filled in as the parser does: %s", (message, values) => {
    expect(sayOf(message, values)).toBe(new IntlMessageFormat(message, "en").format(values))
  })

  it("a value that is missing is an error and not a hole", () => {
    expect(() => sayOf("{title}, panel", {})).toThrow(/title/)
  })

  it("hands what stands in an element to the one who draws it", () => {
    const drawn = sayRich("Ask <b>{name}</b> first", { name: "Ada", b: (inside) => `*${inside.join("")}*` })
    expect(renderToStaticMarkup(drawn)).toBe("Ask *Ada* first")
  })

  it("accents the words of a message and leaves its arguments and elements", () => {
    expect(pseudo("Ask <b>{name}</b>")).toBe("[Ášķ <b>{name}</b>··]")
    expect(pseudo("{count, plural, one {# panel} other {# panels}}")).toContain("{count, plural, one {# þáñéļ}")
  })
})
