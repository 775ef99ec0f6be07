import { startTracing } from "@nexus/trilog"
import { expect, onTestFinished, test } from "vitest"
import { withHttp } from "./with-http.ts"

type Span = Parameters<Parameters<typeof startTracing>[0]["record"]>[0]

test("a call of the API is a span of the caller's trace, anchored to person and workspace", async () => {
  const spans: Span[] = []
  const tracing = startTracing({ record: (span) => spans.push(span), serviceName: "test" })
  onTestFinished(() => tracing.stop())
  const http = await withHttp()
  const ada = await http.person("Ada")
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  const trace = "0af7651916cd43dd8448eb211c80319c"
  const response = await fetch(`${http.url}/api/v1/workspaces/${workspace.id}`, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${ada.token}`,
      "content-type": "application/json",
      traceparent: `00-${trace}-b7ad6b7169203331-01`,
    },
    body: JSON.stringify({ name: "Office" }),
  })
  await response.text()
  expect(response.headers.get("x-request-id")).toBe(trace)
  await expect
    .poll(() => spans.find(({ name }) => name === "PATCH renameWorkspace"))
    .toMatchObject({
      traceId: trace,
      parentId: "b7ad6b7169203331",
      workspace: workspace.id,
      kind: "server",
      status: "ok",
    })
  const [change] = await (await http.workspaces.open(workspace.id)).changes(1, 1)
  expect(change?.cause.traceId).toBe(trace)
})

test("what goes out in a span names no secret", async () => {
  const spans: Span[] = []
  const tracing = startTracing({ record: (span) => spans.push(span), serviceName: "test" })
  onTestFinished(() => tracing.stop())
  const http = await withHttp()
  const ada = await http.person("Ada")
  const password = "canary-of-a-password"
  await fetch(`${http.url}/api/v1/auth/login?canary-of-a-query=1`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "ada@example.org", password }),
  })
  await expect.poll(() => spans.some(({ name }) => name === "POST login")).toBe(true)
  const text = JSON.stringify(spans)
  for (const secret of [password, ada.token, "canary-of-a-query", "ada@example.org"]) expect(text).not.toContain(secret)
})
