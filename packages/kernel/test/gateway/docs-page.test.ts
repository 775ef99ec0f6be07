import { type Endpoint, endpoints } from "@nexus/protocol"
import { expect, test } from "vitest"
import { withHttp } from "./with-http.ts"

test("the API is described on a page that says every call, and loads nothing from elsewhere", async () => {
  const http = await withHttp()
  const page = await fetch(`${http.url}/api/docs`)
  expect(page.headers.get("content-type")).toContain("text/html")
  expect(page.headers.get("content-security-policy")).toContain("script-src 'self';")
  const html = await page.text()
  for (const { name, path } of Object.values<Endpoint>(endpoints)) {
    expect(html, name).toContain(`<details id="${name}"`)
    expect(html).toContain(`/api/v1${path}`)
  }
  const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
  expect(loaded).toEqual(["/nexus.svg", "/api/docs/docs.css", "/api/docs/docs.js", "/openapi.json"])
  expect(html).not.toMatch(/<script>|onclick=|style="/)
  for (const [name, type] of [
    ["docs.css", "text/css"],
    ["docs.js", "text/javascript"],
  ]) {
    const file = await fetch(`${http.url}/api/docs/${name}`)
    expect([file.status, file.headers.get("content-type")]).toEqual([200, `${type}; charset=utf-8`])
  }
})
