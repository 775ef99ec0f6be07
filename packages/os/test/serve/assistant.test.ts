import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createAssistant } from "../../src/serve/assistant.ts"

const assistant = createAssistant({ kernelUrl: "http://127.0.0.1:1" })
const server = createServer((req, res) => assistant.handle(req, res))
let url = ""

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/ai/complete`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const signedIn = { authorization: "Bearer abc.def.ghi", "content-type": "application/json" }
const question = JSON.stringify({ workspace: "ws", message: "hello" })

async function problemOf(
  init: RequestInit,
  to = url,
): Promise<{ status: number; type: string | null; problem: unknown }> {
  const response = await fetch(to, init)
  return { status: response.status, type: response.headers.get("content-type"), problem: await response.json() }
}

test("only POST is answered", async () => {
  expect(await problemOf({ headers: signedIn })).toMatchObject({ status: 405, type: "application/problem+json" })
})

test("another path is not found", async () => {
  expect(await problemOf({ method: "POST", headers: signedIn }, `${url}ly`)).toMatchObject({
    status: 404,
    problem: { code: "not-found" },
  })
})

test("a question without a token is refused before its body is read", async () => {
  expect(await problemOf({ method: "POST", body: question })).toMatchObject({
    status: 401,
    problem: { code: "unauthenticated" },
  })
  expect(await problemOf({ method: "POST", body: question, headers: { authorization: "Basic x" } })).toMatchObject({
    status: 401,
  })
})

test("a body that is too large, no JSON or no question is refused with its reason", async () => {
  const send = (body: string) => problemOf({ method: "POST", headers: signedIn, body })
  expect(await send(`"${"x".repeat(300_000)}"`)).toMatchObject({ status: 413, problem: { code: "too-large" } })
  expect(await send("{")).toMatchObject({ status: 422, problem: { code: "invalid-input" } })
  expect(await send('{"workspace":"ws"}')).toMatchObject({
    status: 422,
    problem: { code: "invalid-input", path: "message" },
  })
  expect(await send('{"workspace":"ws","message":"  "}')).toMatchObject({ status: 422 })
})

test("a kernel that cannot be reached is said, not thrown", async () => {
  expect(await problemOf({ method: "POST", headers: signedIn, body: question })).toMatchObject({
    status: 503,
    problem: { code: "unavailable", what: "The kernel" },
  })
})
