import { expect, it } from "vitest"
import { createLog } from "../src/log.ts"

it("withholds headers, tokens and passwords wherever an error carries them, and keeps the rest", () => {
  const lines: string[] = []
  const log = createLog({ write: (line: string) => lines.push(line) })
  const headers = { authorization: "Bearer canary", cookie: "nexus_refresh=canary", "set-cookie": "canary", host: "h" }
  const err = Object.assign(new Error("the request broke"), { request: { headers }, options: { password: "canary" } })
  log.error({ err, headers, token: "canary", session: { accessToken: "canary" } }, "a request failed")
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toContain("canary")
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    msg: "a request failed",
    headers: { authorization: "(withheld)", host: "h" },
    err: { message: "the request broke" },
  })
})
