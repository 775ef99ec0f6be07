import { expect, test } from "vitest"
import { runningKernel } from "../running-kernel.ts"
import { counterSource, withHttp } from "./with-http.ts"

test("an editor reads what was recorded of runs; a viewer and a stranger do not", async () => {
  const http = await withHttp()
  const [ada, bob, eve] = [await http.person("Ada"), await http.person("Bob"), await http.person("Eve")]
  const { body } = await ada.call("POST", "/workspaces", { name: "Home" })
  const runs = `/workspaces/${body.id}/runs`
  await ada.call("PUT", `/workspaces/${body.id}/members/${bob.id}`, { role: "viewer" })
  expect((await ada.call("GET", `${runs}/records`)).body).toEqual({ runs: [], more: false })
  expect((await ada.call("GET", `${runs}/records?limit=501`)).status).toBe(422)
  expect((await ada.call("GET", `${runs}/run_1/record`)).body).toMatchObject({ code: "not-found", id: "run_1" })
  for (const path of ["/records", "/run_1/record"]) {
    expect((await bob.call("GET", runs + path)).body).toMatchObject({ code: "forbidden", needed: "editor" })
    expect((await eve.call("GET", runs + path)).status).toBe(403)
  }
})

test("a run that was triggered over HTTP is read back turn by turn, and is gone with its workspace", async () => {
  const kernel = await runningKernel()
  try {
    const { token } = kernel.owner
    const call = (method: string, path: string, body?: object) => kernel.call(method, path, token, body)
    const { body: workspace } = await call("POST", "/workspaces", { name: "Home" })
    const place = { workspace: workspace.id, frame: { x: 0, y: 0, w: 300, h: 200 } }
    const { body: panel } = await call("POST", "/panels", { ...place, source: counterSource() })
    await call("POST", `/panels/${panel.id}/handlers/add?workspace=${workspace.id}`, { args: {} })
    const runs = `/workspaces/${workspace.id}/runs`
    const listed = await call("GET", `${runs}/records?panel=${panel.id}&handler=add`)
    expect(listed.body).toMatchObject({ runs: [{ panel: panel.id, status: "finished", turns: 1 }], more: false })
    const [{ run }] = listed.body.runs as [{ run: string }]
    expect((await call("GET", `${runs}/${run}/record`)).body).toMatchObject({
      ...{ run, source: "$state.count += 1", redacted: false },
      steps: [{ turn: 0, state: { count: 0 }, after: { count: 1 }, outcome: { status: "finished" } }],
    })
    await call("DELETE", `/workspaces/${workspace.id}`)
    expect((await call("GET", `${runs}/${run}/record`)).status).toBe(403)
  } finally {
    await kernel.close()
  }
})
