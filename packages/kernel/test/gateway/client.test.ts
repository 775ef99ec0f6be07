import { createApi, etagOf, NexusError, pagesOf } from "@nexus/protocol"
import { expect, test } from "vitest"
import { counterSource, withHttp } from "./with-http.ts"

test("the API is called as functions, and what it refuses is thrown as the failure it is", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  const api = createApi({ url: http.url, token: async () => ada.token })
  const { id: workspace } = await api.createWorkspace({ body: { name: "Home" } })
  const panel = await api.createPanel({ body: { workspace, source: counterSource() } })
  const read = await api.getPanel({ params: { panel: panel.id }, query: { workspace } })
  expect(read).toMatchObject({ id: panel.id, title: "Counter", state: { count: 0 } })
  await expect(api.deletePanel({ params: { panel: panel.id }, query: { workspace } })).resolves.toEqual({})
  const gone = api.getPanel({ params: { panel: panel.id }, query: { workspace } })
  await expect(gone).rejects.toThrow(NexusError)
  await expect(gone).rejects.toMatchObject({ failure: { code: "not-found", what: "panel", id: panel.id } })
  const home = { params: { workspace }, ifMatch: etagOf(await api.getWorkspace({ params: { workspace } })) }
  await api.renameWorkspace({ ...home, body: { name: "Studio" } })
  await expect(api.renameWorkspace({ ...home, body: { name: "Office" } })).rejects.toMatchObject({
    failure: { code: "conflict" },
  })
})

test("a POST whose answer is lost is asked again, and done once", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  let lost = 0
  const api = createApi({
    url: http.url,
    token: async () => ada.token,
    wait: async () => undefined,
    fetch: async (address, init) => {
      const answer = await fetch(address, init)
      if (init.method !== "POST" || lost === 2) return answer
      lost += 1
      await answer.text()
      throw new TypeError("the line broke")
    },
  })
  await api.createWorkspace({ body: { name: "Once" } })
  expect([lost, (await api.listWorkspaces({})).workspaces.length]).toEqual([2, 1])
})

test("a list is read page by page", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  const api = createApi({ url: http.url, token: async () => ada.token })
  for (const name of ["A", "B", "C", "D", "E"]) await api.createWorkspace({ body: { name } })
  const pages: string[][] = []
  for await (const { workspaces } of pagesOf(api.listWorkspaces, { query: { limit: "2" } }))
    pages.push(workspaces.map(({ name }) => name))
  expect(pages).toEqual([["A", "B"], ["C", "D"], ["E"]])
})
