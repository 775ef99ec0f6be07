import { createScriptedModel, type Script, type ScriptedModel, type ScriptedRequest } from "@nexus/os"
import { AssistantEvent, type PatchReview } from "@nexus/protocol"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Nexus, startNexus } from "./nexus.ts"

type ScriptFunction = Extract<Script, (...args: never[]) => unknown>

/** What the model replies in the test that runs. */
let script: ScriptFunction = () => ({ text: "Hello." })
let model: ScriptedModel
let nexus: Nexus
let me: Client

beforeAll(async () => {
  model = await createScriptedModel((request, index) => script(request, index))
  nexus = await startNexus({
    env: { OPENAI_API_KEY: "sk-flow", OPENAI_BASE_URL: model.url, NEXUS_MODEL: "scripted-1" },
  })
  me = await firstWorkspace(nexus)
})
afterAll(async () => {
  await nexus.close()
  await model.close()
})

/** Sets the replies; gives the requests that came since. */
function modelSays(replies: ScriptFunction): () => readonly ScriptedRequest[] {
  const before = model.requests.length
  script = (request, index) => replies(request, index - before)
  return () => model.requests.slice(before)
}

interface Client {
  readonly workspace: string
  get(path: string): Promise<unknown>
  post(path: string, body: unknown): Promise<{ status: number; body: unknown }>
  put(path: string, body: unknown): Promise<{ status: number }>
  /** The events of one answer, until it ends or `until` says enough. */
  ask(message: string, panel?: string): Promise<AssistantEvent[]>
  stream(message: string, signal: AbortSignal): Promise<Response>
}

function clientOf(nexus: Nexus, token: string, workspace: string): Client {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
  const post = (path: string, body: unknown, signal?: AbortSignal) =>
    fetch(`${nexus.url}/api/v1${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    })
  return {
    workspace,
    get: async (path) => (await fetch(`${nexus.url}/api/v1${path}`, { headers })).json(),
    async post(path, body) {
      const response = await post(path, body)
      return { status: response.status, body: await response.json() }
    },
    put: (path, body) =>
      fetch(`${nexus.url}/api/v1${path}?workspace=${workspace}`, {
        method: "PUT",
        headers,
        body: JSON.stringify(body),
      }),
    async ask(message, panel) {
      const response = await post("/ai/complete", { workspace, message, ...(panel ? { panel } : {}) })
      expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/)
      return eventsOf(await response.text())
    },
    stream: (message, signal) => post("/ai/complete", { workspace, message }, signal),
  }
}

function eventsOf(text: string): AssistantEvent[] {
  const blocks = text.split("\n\n").filter((block) => block.startsWith("event: "))
  return blocks.map((block) => {
    const [event = "", data = ""] = block.split("\n")
    return AssistantEvent.parse({ kind: event.slice("event: ".length), ...JSON.parse(data.slice("data: ".length)) })
  })
}

/** The owner's client in the workspace of the first start. */
async function firstWorkspace(started: Nexus): Promise<Client> {
  const { workspaces } = (await clientOf(started, started.token, "none").get("/workspaces")) as {
    workspaces: { id: string }[]
  }
  return clientOf(started, started.token, workspaces[0]?.id ?? "")
}

async function groceriesOf(client: Client): Promise<{ id: string; source: string }> {
  const query = { find: "name", name: "Groceries", kind: "panel" }
  const { body } = await client.post("/nog/query", { workspace: client.workspace, query })
  const [entity] = (body as { entities: { id: string; properties: { source: string } }[] }).entities
  if (!entity) throw new Error("no groceries in the workspace")
  return { id: entity.id, source: entity.properties.source }
}

const clearAll = {
  find: "    </Layout>\n  </View>",
  replace: `      <Button label="Clear all" onClick="$state.items = []"/>\n    </Layout>\n  </View>`,
}
const kinds = (events: readonly AssistantEvent[]) => [...new Set(events.map(({ kind }) => kind))]

function patchOf(events: readonly AssistantEvent[]): PatchReview {
  const event = events.find(({ kind }) => kind === "patch")
  if (event?.kind !== "patch") throw new Error(`no patch in ${JSON.stringify(events)}`)
  return event
}

test("a proposal is streamed, waits for review, and once accepted is one change by the AI, approved by a person", async () => {
  let panel = ""
  const asked = modelSays(() => ({
    text: "This adds a button that empties the list.",
    call: { name: "propose_patch", args: { reason: "Adds Clear all.", edit: [{ panel, edits: [clearAll] }] } },
  }))
  const groceries = await groceriesOf(me)
  panel = groceries.id

  const events = await me.ask("Add a clear-all button", panel)
  expect(kinds(events)).toEqual(["context", "text", "patch", "done"])
  expect(events[0]).toMatchObject({
    entities: expect.arrayContaining([expect.objectContaining({ id: panel, detail: "full" })]),
  })
  const words = events.map((event) => (event.kind === "text" ? event.delta : "")).join("")
  expect(words).toBe("This adds a button that empties the list.")
  expect(asked()[0]?.authorization).toBe("Bearer sk-flow")

  const { patch, preview } = patchOf(events)
  expect(patch).toMatchObject({
    status: "pending",
    author: { kind: "ai" },
    reason: "Adds Clear all.",
    capabilities: [],
  })
  expect(JSON.stringify(preview?.entities[0]?.after)).toContain("Clear all")
  expect((await groceriesOf(me)).source).toBe(groceries.source)

  const accepted = await me.post(`/patches/${patch.id}/accept`, {})
  expect(accepted).toMatchObject({
    status: 200,
    body: { change: { cause: { actor: { kind: "ai" }, approver: { kind: "person" }, patch: patch.id } } },
  })
  expect((await groceriesOf(me)).source).toContain("Clear all")
})

test("an edit that does not fit and a panel with errors each go back once with the reason", async () => {
  let panel = ""
  const propose = (edit: { find: string; replace: string }) => ({
    text: "Done.",
    call: { name: "propose_patch", args: { reason: "Adds Clear all.", edit: [{ panel, edits: [edit] }] } },
  })
  const wrongPlace = { ...clearAll, find: "<Nowhere/>" }
  const wrongName = { ...clearAll, replace: clearAll.replace.replace("Button", "Buton") }
  const asked = modelSays((_request, index) => propose([wrongPlace, clearAll, wrongName, clearAll][index] ?? clearAll))
  panel = (await groceriesOf(me)).id

  for (const _attempt of ["wrong place", "wrong name"]) {
    const events = await me.ask("Add a clear-all button", panel)
    expect(kinds(events)).toEqual(["context", "text", "patch", "done"])
    expect(events.filter(({ kind }) => kind === "text")).toHaveLength(1)
  }
  const answers = asked().map(({ body }) => body.messages.at(-1))
  expect(answers.map((message) => message?.role)).toEqual(["user", "tool", "user", "tool"])
  expect(answers[1]?.content).toContain("<Nowhere/>")
  expect(answers[3]?.content).toMatch(/Buton.* at line \d+/)
})

test("somebody saves the panel while the model thinks: it sees the new source and mends its patch", async () => {
  let panel = ""
  let saveMeanwhile = async () => {}
  const asked = modelSays(async (_request, index) => {
    if (index === 0) await saveMeanwhile()
    return {
      call: { name: "propose_patch", args: { reason: "Adds Clear all.", edit: [{ panel, edits: [clearAll] }] } },
    }
  })
  const groceries = await groceriesOf(me)
  panel = groceries.id
  const source = groceries.source.replace('placeholder="Milk"', 'placeholder="Oat milk"')
  saveMeanwhile = async () => {
    expect((await me.put(`/panels/${panel}`, { source })).status).toBe(200)
  }
  const { patch } = patchOf(await me.ask("Add a clear-all button", panel))
  expect(asked()[1]?.body.messages.at(-1)?.content).toContain("Oat milk")
  expect(JSON.stringify(patch.operations)).toContain("Oat milk")
})

test("a model that cannot mend its patch ends in one sentence, and nothing has changed", async () => {
  let panel = ""
  modelSays(() => ({
    call: {
      name: "propose_patch",
      args: { reason: "x", edit: [{ panel, edits: [{ find: "<Nowhere/>", replace: "" }] }] },
    },
  }))
  const before = await groceriesOf(me)
  panel = before.id
  expect((await me.ask("Break it")).at(-1)).toMatchObject({ kind: "failed", failure: { code: "invalid-input" } })
  expect(await groceriesOf(me)).toEqual(before)
})

test("without a model the assistant says in one sentence how to configure one", async () => {
  const bare = await startNexus()
  try {
    expect(await (await firstWorkspace(bare)).ask("Hello")).toEqual([
      {
        kind: "failed",
        failure: {
          code: "unavailable",
          what: "The assistant",
          detail: expect.stringMatching(/^no AI model is configured; set OPENAI_API_KEY and NEXUS_MODEL /),
        },
      },
    ])
  } finally {
    await bare.close()
  }
})

test("secrets reach no prompt, neither by value nor by first value", async () => {
  const asked = modelSays(() => ({ text: "I cannot see it." }))
  const canary = "canary-5b2e"
  const source = `<NexusPanel title="Vault">
  <Data>
    <State name="key" type="string" secret="true" default="${canary}"/>
  </Data>
  <Logic>
    <Handler name="forget">$state.key = ""</Handler>
  </Logic>
  <View><Button label="Forget" onClick="forget()"/></View>
</NexusPanel>`
  const created = await me.post("/panels", { workspace: me.workspace, source })
  expect(created.status).toBe(201)
  await me.ask("What is the key in the Vault?", (created.body as { id: string }).id)
  const sent = JSON.stringify(asked())
  expect(sent).toContain("Vault")
  expect(sent).not.toContain(canary)
})

test("a viewer may ask, and what the model proposes for them is refused", async () => {
  let panel = ""
  modelSays(() => ({
    call: { name: "propose_patch", args: { reason: "x", edit: [{ panel, edits: [clearAll] }] } },
  }))
  panel = (await groceriesOf(me)).id
  const registered = await me.post("/auth/register", {
    email: "vera@example.org",
    name: "Vera",
    password: "a long enough one",
  })
  const { accessToken } = registered.body as { accessToken: string }
  const share = await me.post(`/workspaces/${me.workspace}/shares`, { role: "viewer" })
  const viewer = clientOf(nexus, accessToken, me.workspace)
  expect((await viewer.post(`/shares/${(share.body as { code: string }).code}/join`, {})).status).toBe(200)
  expect((await viewer.ask("Add a button", panel)).at(-1)).toMatchObject({
    kind: "failed",
    failure: { code: "forbidden" },
  })
})

test("somebody who is no member, or not signed in, learns nothing", async () => {
  const asked = modelSays(() => ({ text: "Hi" }))
  const registered = await me.post("/auth/register", {
    email: "sam@example.org",
    name: "Sam",
    password: "a long enough one",
  })
  const stranger = clientOf(nexus, (registered.body as { accessToken: string }).accessToken, me.workspace)
  const refused = await stranger.post("/ai/complete", { workspace: me.workspace, message: "Hello" })
  expect([403, 404]).toContain(refused.status)
  expect(
    (
      await clientOf(nexus, "forged.token.here", me.workspace).post("/ai/complete", {
        workspace: me.workspace,
        message: "Hello",
      })
    ).status,
  ).toBe(401)
  expect(asked()).toEqual([])
})

test("a client that leaves stops the model", async () => {
  modelSays(() => ({ hangAfter: "Let me think about that for a while" }))
  const leave = new AbortController()
  const response = await me.stream("Hello", leave.signal)
  const reader = response.body?.getReader()
  await reader?.read()
  leave.abort()
  await reader?.read().catch(() => undefined)
  await model.abandoned
})

test("a model that is gone fails the answer and nothing else", async () => {
  await model.close()
  const events = await me.ask("Hello")
  expect(events.at(-1)).toMatchObject({ kind: "failed", failure: { code: "unavailable" } })
  expect((await groceriesOf(me)).source).toContain("Groceries")
})
