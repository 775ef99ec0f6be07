import { createApiClient } from "@nexus/protocol"
import { expect, it } from "vitest"
import { createWaiting } from "../../src/workspace/waiting.ts"

/** A kernel that answers with no runs and `asked` questions, when it is let. */
function kernelWhere() {
  let asked = 0
  let gate = Promise.withResolvers<void>()
  const requests: string[] = []
  const api = createApiClient({
    url: "",
    token: async () => "token",
    fetch: async (input) => {
      requests.push(String(input))
      await gate.promise
      const question = { id: "q", run: "r", panel: "p", handler: "h", question: "Well?", role: "editor", since: 1 }
      return Response.json({ runs: [], questions: Array.from({ length: asked }, () => question) })
    },
  })
  const open = () => {
    gate.resolve()
    gate = Promise.withResolvers<void>()
  }
  const ask = (count: number) => {
    asked = count
  }
  return { api, requests, open, ask }
}

it("what is told while it asks is one more question after it, and the last answer counts", async () => {
  const kernel = kernelWhere()
  const { store, refresh } = createWaiting(kernel.api, "ws")
  const done = refresh()
  refresh()
  refresh()
  await expect.poll(() => kernel.requests.length).toBe(2)
  kernel.open()
  kernel.ask(2)
  await expect.poll(() => kernel.requests.length).toBe(4)
  kernel.open()
  await done
  expect(kernel.requests).toHaveLength(4)
  expect(store.getState()).toMatchObject({ runs: [], questions: [{ id: "q" }, { id: "q" }] })
})

it("a kernel that does not answer leaves what was known and says why", async () => {
  const failing = createApiClient({
    url: "",
    token: async () => "token",
    tries: 1,
    fetch: () => Promise.reject(new TypeError("down")),
  })
  const { store, refresh } = createWaiting(failing, "ws")
  store.setState({ questions: [] })
  await refresh()
  expect(store.getState()).toMatchObject({ questions: [], error: expect.stringContaining("does not answer") })
})
