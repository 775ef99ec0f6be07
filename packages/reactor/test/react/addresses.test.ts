import { describe, expect, it } from "vitest"
import { safeImageUrl, safeUrl } from "../../src/react/safe-url.ts"
import { renderPanel } from "../../src/render/index.ts"
import { panelOf } from "../world/panel.ts"

/** Addresses that would run something, leave the site's protection, or pretend to be another. */
const DANGEROUS = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "\u0001javascript:alert(1)",
  "java\nscript:alert(1)",
  "java\tscript:alert(1)",
  "java\r\nscript:alert(1)",
  "\u00a0javascript:alert(1)",
  "javascript\u0000:alert(1)",
  "javascript&colon;alert(1)",
  "vbscript:msgbox(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:text/html;base64,PHNjcmlwdD4=",
  "data:image/svg+xml,<svg onload=alert(1)>",
  "data:image/svg+xml;base64,PHN2Zz4=",
  "data:image/png,<script>",
  'data:image/png;base64,iVBORw0KGgo="onerror=alert(1)',
  "data:,x",
  "blob:https://example.org/1",
  "file:///etc/passwd",
  "filesystem:https://example.org/x",
  "//evil.example",
  "\\\\evil.example",
  "/\\evil.example",
  "evil.example",
  "about:blank",
  "ws://evil.example",
  "",
]

const PICTURE = "data:image/png;base64,iVBORw0KGgo="
const state = '<State name="at" type="string"/>'
const link = (at: string) =>
  renderPanel(panelOf({ data: state, view: '<Link label="go" href="{$state.at}"/>' }), { at })
const image = (at: string) =>
  renderPanel(panelOf({ data: state, view: '<Image alt="A hill" src="{$state.at}"/>' }), { at })

describe("a Link", () => {
  it.each(DANGEROUS)("leads nowhere for %j", (address) => {
    expect(safeUrl(address)).toBeUndefined()
    expect(link(address)).not.toContain("href")
  })

  it("leads to http, https and mailto, never with the page that holds it in hand", () => {
    for (const address of ["http://example.org/a", "https://example.org/a?b=c#d", "mailto:ada@example.org"]) {
      expect(link(address)).toContain(`href="${address}"`)
    }
    expect(link("https://example.org")).toContain('target="_blank" rel="noopener noreferrer"')
    expect(safeUrl(PICTURE)).toBeUndefined()
  })
})

describe("an Image", () => {
  it.each([...DANGEROUS, "mailto:ada@example.org"])("asks for nothing for %j, and shows its words", (address) => {
    expect(safeImageUrl(address)).toBeUndefined()
    expect(image(address)).not.toContain("<img")
    expect(image(address)).toContain("A hill")
  })

  it("shows http, https and pictures of pixels, late and without telling where from", () => {
    for (const address of ["https://example.org/a.png", "http://example.org/a.svg", PICTURE]) {
      expect(image(address)).toContain(`<img src="${address}"`)
    }
    expect(image(PICTURE)).toMatch(/alt="A hill".*loading="lazy".*referrerPolicy="no-referrer"/i)
  })

  it("says where nobody can open files of the workspace that it would show one", () => {
    const note = { id: "file_1", name: "a.png", type: "image/png", size: 3 }
    const painted = renderPanel(
      panelOf({ data: '<State name="at" type="object"/>', view: '<Image alt="A hill" src="{$state.at}"/>' }),
      { at: note },
    )
    expect(painted).not.toContain("<img")
    expect(painted).toContain("shown in the studio")
  })
})
