import type { PanelEntity } from "@nexus/protocol"
import { expect, test } from "vitest"
import { readAddress, withLook } from "../../src/embed/address.ts"
import { sameShown } from "../../src/embed/shown.ts"
import { snippet } from "../../src/embed/snippet.ts"
import { sitesIn } from "../../src/share/sites-in.ts"

const URL = "https://nexus.example/embed/share_1#nxe_code"

test("an address says its code and its look, and a look it does not know is that of the device", () => {
  expect(readAddress(URL)).toEqual({ code: "nxe_code", look: "auto" })
  expect(readAddress(withLook(URL, "dark"))).toEqual({ code: "nxe_code", look: "dark" })
  expect(withLook(withLook(URL, "dark"), "auto")).toBe(URL)
  expect(readAddress("https://nexus.example/embed/share_1?look=javascript:")).toEqual({ code: "", look: "auto" })
})

test("a snippet is one element, whatever the panel is called", () => {
  const size = { width: undefined, height: 480 }
  const html = snippet({ url: URL, title: `"><script>alert('1')</script>\n& more`, size, look: "light" })
  expect(html).toContain(`src="https://nexus.example/embed/share_1?look=light#nxe_code"`)
  expect(html).toContain(`title="&quot;&gt;&lt;script&gt;alert('1')&lt;/script&gt; &amp; more"`)
  expect(html).toContain(`width="100%" height="480"`)
  expect(html.match(/</g)).toHaveLength(2)
})

test("sites are written as it comes: in lines or by commas, in capitals, with a slash, twice", () => {
  expect(sitesIn(" https://Example.org/,\nhttps://*.example.net\n\nhttps://example.org ")).toEqual([
    "https://example.org",
    "https://*.example.net",
  ])
  expect(sitesIn("\n ")).toEqual([])
})

test("what only changed in its values is not painted anew by the page: the panel does that itself", () => {
  const panel: PanelEntity = {
    ...{ id: "p", kind: "panel", name: "P", scope: "w" },
    properties: {
      title: "P",
      source: "<NexusPanel/>",
      frame: { x: 0, y: 0, w: 300, h: 200 },
      state: { n: 1 },
      grants: [],
    },
  }
  const withPart = (part: object): PanelEntity => ({ ...panel, properties: { ...panel.properties, ...part } })
  const canvas = (...panels: PanelEntity[]) => ({ kind: "canvas", panels, sections: [] }) as const
  expect(sameShown({ kind: "panel", panel }, { kind: "panel", panel: withPart({ state: { n: 2 } }) })).toBe(true)
  expect(sameShown({ kind: "panel", panel }, { kind: "panel", panel: withPart({ source: "<Other/>" }) })).toBe(false)
  expect(sameShown({ kind: "panel", panel }, { kind: "panel", panel: undefined })).toBe(false)
  expect(sameShown(canvas(panel), canvas(withPart({ state: {} })))).toBe(true)
  expect(sameShown(canvas(panel), canvas(panel, panel))).toBe(false)
  expect(sameShown(canvas(panel), canvas(withPart({ frame: { x: 9, y: 0, w: 300, h: 200 } })))).toBe(false)
  expect(sameShown(canvas(panel), { kind: "panel", panel })).toBe(false)
})
