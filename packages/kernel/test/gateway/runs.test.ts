import { expect, test } from "vitest"
import { withHttp } from "./with-http.ts"

test("a member sees the waiting runs, an editor decides about them, a stranger does neither", async () => {
  const http = await withHttp()
  const [ada, bob, eve] = [await http.person("Ada"), await http.person("Bob"), await http.person("Eve")]
  const { body } = await ada.call("POST", "/workspaces", { name: "Home" })
  const runs = `/workspaces/${body.id}/runs`
  await ada.call("PUT", `/workspaces/${body.id}/members/${bob.id}`, { role: "viewer" })
  expect((await ada.call("GET", runs)).body).toEqual({ runs: [] })
  expect((await bob.call("GET", runs)).body).toEqual({ runs: [] })
  expect((await eve.call("GET", runs)).status).toBeGreaterThanOrEqual(403)
  for (const [path, sent] of [
    ["/run_1/cancel", undefined],
    ["/run_1/continue", { how: "discard" }],
  ] as const) {
    expect((await bob.call("POST", runs + path, sent)).body).toMatchObject({ code: "forbidden", needed: "editor" })
    expect((await ada.call("POST", runs + path, sent)).body).toMatchObject({ code: "not-found", id: "run_1" })
  }
  const questions = `/workspaces/${body.id}/questions`
  expect((await bob.call("GET", questions)).body).toEqual({ questions: [] })
  expect((await eve.call("GET", questions)).status).toBe(403)
  const answered = await bob.call("POST", `${questions}/run_1.1`, { answer: "yes" })
  expect(answered.body).toMatchObject({ code: "not-found", id: "run_1.1" })
  expect((await ada.call("POST", `${runs}/run_1/continue`, { how: "sideways" })).status).toBe(422)
})
