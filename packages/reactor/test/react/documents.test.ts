// @vitest-environment happy-dom
import type { Json } from "@nexus/protocol"
import { afterEach, describe, expect, it } from "vitest"
import { highlight } from "../../src/react/code/highlight.ts"
import { HighlightPart } from "../../src/react/code/part.ts"
import { createPreviewPanel } from "../../src/react/index.ts"
import { MarkdownPart } from "../../src/react/markdown/part.ts"
import { panelOf } from "../world/panel.ts"
import { type Screen, show } from "../world/screen.ts"
import { generator } from "../world/server.ts"

const screens: Screen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close()
})

async function shown(view: string, value: Json) {
  const type = Array.isArray(value) ? "list" : "string"
  const live = createPreviewPanel(panelOf({ data: `<State name="it" type="${type}"/>`, view }), { it: value })
  const screen = await show(live)
  screens.push(screen)
  await screen.rest(() => Promise.all([MarkdownPart.load(), HighlightPart.load()]))
  return { live, screen }
}

const markdown = async (text: string) => (await shown('<Markdown content="{$state.it}"/>', text)).screen

describe("Markdown", () => {
  it("shows headings, lists, tables and tasks of GitHub's Markdown", async () => {
    const screen = await markdown("# T\n\n- [x] a\n- [ ] b\n\n| H | N |\n| - | -: |\n| x | 1 |\n\n~~old~~")
    expect(screen.find("h1").textContent).toBe("T")
    expect([...screen.element.querySelectorAll("[role=img]")].map((task) => task.getAttribute("aria-label"))).toEqual([
      "Done",
      "To do",
    ])
    expect(screen.element.querySelectorAll("input")).toHaveLength(0)
    expect(screen.find("td:last-child").textContent).toBe("1")
    expect(screen.find("del").textContent).toBe("old")
  })

  it.each([
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/a)",
    "[x](/relative)",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "![x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<!-- --><script>alert(1)</script><!-- -->",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src='https://evil.example'></iframe>",
    "<style>*{display:none}</style>",
    '<div onclick="alert(1)" style="position:fixed">x</div>',
    '[x](https://a.example" onmouseover="alert(1))',
    '```js"><img src=x onerror=alert(1)>\nx\n```',
    "| <script>alert(1)</script> |\n| - |\n| <img src=x onerror=alert(1)> |",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
  ])("makes nothing that runs, loads or covers out of %j", async (hostile) => {
    const { element } = await markdown(hostile)
    const body = element.querySelector(".nx-markdown")
    expect(body).not.toBeNull()
    const allowed = /^(A|P|DIV|SPAN|UL|OL|LI|TABLE|THEAD|TBODY|TR|TH|TD|CODE|PRE|SECTION|SUP|H2|IMG)$/
    for (const found of body?.querySelectorAll<HTMLElement>("*") ?? []) {
      expect(found.tagName).toMatch(allowed)
      for (const { name, value } of found.attributes) {
        expect(name).not.toMatch(/^on|^style$/)
        if (name === "href" || name === "src") expect(value).toMatch(/^(https?|mailto):/)
      }
    }
  })

  it("makes links of plain addresses, opening beside and telling nobody whence", async () => {
    const screen = await markdown("See www.example.org and https://example.com/a?b=1 or me@example.org")
    expect([...screen.element.querySelectorAll("a")].map((a) => [a.href, a.target, a.rel])).toEqual([
      ["http://www.example.org/", "_blank", "noopener noreferrer"],
      ["https://example.com/a?b=1", "_blank", "noopener noreferrer"],
      ["mailto:me@example.org", "_blank", "noopener noreferrer"],
    ])
  })

  it("keeps the words of a link that goes nowhere", async () => {
    expect((await markdown("[the words](javascript:alert(1))")).text()).toBe("the words")
  })

  it("colours code in a language that is known", async () => {
    const screen = await markdown('```json\n{ "a": 1 }\n```')
    expect(screen.find(".tok-number").textContent).toBe("1")
  })
})

describe("Code", () => {
  it("is the text, letter by letter, coloured or not", async () => {
    for (const language of ["js", "json", "xml", "cobol", ""]) {
      const text = 'const a = "<b>" // c\n\n  d = `x`'
      const { screen } = await shown(`<Code language="${language}" content="{$state.it}"/>`, text)
      expect(screen.find("code").textContent?.replace(/\n$/, "")).toBe(text)
    }
  })

  it("colouring loses nothing of any text in any grammar", () => {
    const pieces = [
      "<a b='",
      "'>",
      "</a>",
      "{",
      "}",
      "`",
      "${",
      '"',
      "\n",
      "\r\n",
      "/*",
      "*/",
      "//",
      " x ",
      "é",
      "🙂",
      "1",
      "<!--",
    ]
    for (let seed = 1; seed <= 300; seed++) {
      const random = generator(seed)
      const text = Array.from({ length: random(40) }, () => pieces[random(pieces.length)]).join("")
      for (const grammar of ["javascript", "json", "xml"] as const) {
        const lines = highlight(text, grammar).map((tokens) => tokens.map((token) => token.text).join(""))
        expect(lines.join("\n"), `seed ${seed}`).toBe(text)
      }
    }
  })

  it("puts its text on the clipboard and says so, or says that it may not", async () => {
    const { screen } = await shown('<Code language="sh" content="{$state.it}"/>', "npm start")
    await screen.click(".nx-copy")
    expect(await navigator.clipboard.readText()).toBe("npm start")
    expect(screen.find(".nx-copy").textContent).toBe("Copied")
    const bare = await shown('<Code copy="false" content="{$state.it}"/>', "x")
    expect(bare.screen.element.querySelector("button")).toBeNull()
  })

  it("numbers its lines where asked, outside the text", async () => {
    const { screen } = await shown('<Code lines="true" content="{$state.it}"/>', "a\nb")
    expect(screen.find("figure").hasAttribute("data-numbered")).toBe(true)
    expect(screen.element.querySelectorAll(".nx-code-line")).toHaveLength(2)
    expect(screen.find("code").textContent).toBe("a\nb\n")
  })
})

describe("Log", () => {
  const LINES = [
    { message: "looked", level: "debug" },
    { message: "found", level: "info", at: "2026-03-09T08:00:01Z" },
    { message: "odd", level: "warning", at: 1000 },
    { message: "broken", level: "error", at: "no time" },
    "plain",
  ]
  const messages = (screen: Screen) =>
    [...screen.element.querySelectorAll(".nx-log-message")].map((message) => message.textContent)

  it("shows level and time where there are some", async () => {
    const { screen } = await shown('<Log entries="{$state.it}"/>', LINES)
    expect([...screen.element.querySelectorAll(".nx-log-line")].map((line) => line.textContent)).toEqual([
      "debuglooked",
      "08:00:01found",
      "00:00:01warnodd",
      "errorbroken",
      "plain",
    ])
  })

  it("keeps back what is less grave than its level, and lets the viewer choose another", async () => {
    const { screen } = await shown('<Log entries="{$state.it}" level="warn" filter="true"/>', LINES)
    expect(messages(screen)).toEqual(["odd", "broken"])
    await screen.type("select", "error")
    expect(messages(screen)).toEqual(["broken"])
    await screen.type("select", "debug")
    expect(messages(screen)).toHaveLength(5)
  })

  it("keeps the last lines", async () => {
    const { screen } = await shown('<Log entries="{$state.it}" lines="2"/>', LINES)
    expect(messages(screen)).toEqual(["broken", "plain"])
  })

  it("follows the end until somebody scrolls up, then says how much came, and follows again when asked", async () => {
    const { live, screen } = await shown('<Log entries="{$state.it}"/>', LINES)
    const box = screen.find("[role=log]")
    Object.defineProperties(box, { scrollHeight: { value: 500 }, clientHeight: { value: 160 } })
    const add = (text: string) =>
      screen.rest(() => live.write("$state.it", live.root, [...(live.state.it as Json[]), text], text))
    await add("one")
    expect(box.scrollTop).toBe(500)
    await screen.rest(() => {
      box.scrollTop = 100
      box.dispatchEvent(new Event("scroll"))
    })
    await add("two")
    await add("three")
    expect(box.scrollTop).toBe(100)
    expect(screen.find(".nx-log-follow").textContent).toBe("2 new lines ↓")
    await screen.click(".nx-log-follow")
    expect(box.scrollTop).toBe(500)
    expect(screen.element.querySelector(".nx-log-follow")).toBeNull()
  })
})
