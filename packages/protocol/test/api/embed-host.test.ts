import { expect, test } from "vitest"
import { EmbedHost } from "../../src/index.ts"

test.each([
  "https://example.org",
  "https://a-b.example.org:8443",
  "https://*.example.org",
  "https://xn--mller-kva.example",
  "http://localhost",
  "http://localhost:3000",
])("%s is a site that may show an embed", (host) => {
  expect(EmbedHost.safeParse(host).success).toBe(true)
})

test.each([
  "*",
  "https://*",
  "https://*.org",
  "https://*.*.example.org",
  "https://a.*.example.org",
  "https://ex*mple.org",
  "http://example.org",
  "http://localhost.example.org",
  "http://127.0.0.1:3000",
  "https://192.0.2.1",
  "https://[::1]",
  "https://localhost",
  "https://example.org/",
  "https://example.org/path",
  "https://example.org?x",
  "https://example.org#x",
  "https://user@example.org",
  "https://example.org:0",
  "https://example.org:65536",
  "https://example.org:443443",
  "https://example.org; script-src *",
  "https://example.org, *",
  "https://example.org *",
  "https://example.org\r\nSet-Cookie: a=b",
  "https://example.org\n",
  "\nhttps://example.org",
  "https://example.org\u0000",
  "https://exämple.org",
  "https://EXAMPLE.org",
  "'self'",
  "'none'",
  "https:",
  "data:",
  "data:text/html,x",
  "blob:https://example.org",
  "javascript:alert(1)",
  "file:///etc/passwd",
  "example.org",
  "//example.org",
  "",
  `https://${"a".repeat(64)}.example.org`,
  `https://${"a.".repeat(130)}org`,
])("%j is none: it goes into a header as it is", (host) => {
  expect(EmbedHost.safeParse(host).success).toBe(false)
})
