import type { Operation } from "@nexus/protocol"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type RunningKernel, runningKernel } from "../running-kernel.ts"
import type { WireClient } from "../wire-client.ts"
import { panel } from "../worlds.ts"

// What must not reach a browser is looked for in the bytes that do: every frame and every HTTP answer.

const HOME = "home"
const TYPED = "canary-typed-into-a-secret-41c7"
const KEPT = "canary-kept-by-a-handler-9b02"
const DRAFT = "canary-of-one-viewers-draft-77de"
const ANSWER = "canary-written-for-one-viewer-3a5f"

const VAULT = panel(
  "Vault",
  `<State name="key" type="string" secret="true"/><State name="draft" type="string" scope="session"/>
   <State name="shown" type="string"/><Computed name="mine" value="{$state.draft + '!'}"/>`,
  `<Handler name="keep">$state.key = $state.key + "${KEPT.slice(0, 12)}" + "${KEPT.slice(12)}"; $state.shown = "kept"</Handler>
   <Handler name="measure">$state.shown = $state.key.length + " " + $state.draft.length
     $state.draft = "${ANSWER.slice(0, 9)}" + "${ANSWER.slice(9)}"</Handler>`,
  '<Text content="{$state.shown} {$computed.mine}"/>',
)
const READER = panel(
  "Reader",
  '<Import panel="Vault" name="mine" as="theirs"/>',
  "",
  '<Text content="{$imports.theirs}"/>',
)

let nexus: RunningKernel
beforeAll(async () => {
  nexus = await runningKernel()
})
afterAll(() => nexus.close())

/** A client that follows the workspace, and every byte it is sent. */
async function listening(token: string): Promise<{ client: WireClient; bytes: () => string }> {
  const client = await nexus.client(token)
  const frames: Buffer[] = []
  client.socket.on("message", (data: Buffer) => frames.push(data))
  client.send({ kind: "subscribe", workspace: HOME })
  await client.next("snapshot")
  return { client, bytes: () => Buffer.concat(frames).toString("latin1") }
}

function newPanel(id: string, source: string): Operation {
  const frame = { x: 0, y: 0, w: 300, h: 200 }
  const properties = { source, frame, title: "", state: {}, grants: [] }
  return { kind: "entity_add", entity: { id, kind: "panel", name: "", scope: HOME, properties } }
}

test("no byte of a secret state reaches a browser, and a viewer's session state reaches that viewer alone", async () => {
  const linus = await nexus.person("Linus", HOME, "editor")
  const [ada, other] = await Promise.all([listening(nexus.owner.token), listening(linus.token)])
  await ada.client.submit(HOME, [newPanel("vault", VAULT), newPanel("reader", READER)])
  const typed: Operation = { kind: "state_set", panel: "vault", path: ["key"], value: TYPED }
  expect((await ada.client.submit(HOME, [typed])).kind).toBe("accepted")
  await ada.client.trigger(HOME, "vault", "keep")
  const measured = await ada.client.trigger(HOME, "vault", "measure", { session: { draft: DRAFT } })
  expect(measured).toMatchObject({ status: "finished", session: { draft: ANSWER } })
  const { change } = await other.client.next("change", ({ change }) => change.cause.run?.handler === "measure")
  const shown = `${TYPED.length + KEPT.length} ${DRAFT.length}`
  expect(change.operations).toMatchObject([{ kind: "state_set", path: ["shown"], value: shown }])

  const late = await listening(linus.token)
  const paths = ["/panels/vault", "/panels/vault/render", "/panels/reader/render", `/workspaces/${HOME}`]
  const answers: string[] = []
  for (const path of paths) {
    const headers = { authorization: `Bearer ${nexus.owner.token}` }
    const reply = await fetch(`${nexus.kernel.url}/api/v1${path}?workspace=${HOME}`, { headers })
    expect(reply.status, path).toBe(200)
    answers.push(await reply.text())
  }
  const query = await nexus.call("POST", "/nog/query", nexus.owner.token, {
    workspace: HOME,
    query: { find: "subgraph", id: "vault", depth: 3 },
  })
  expect(query.status).toBe(200)
  const http = `${answers.join("\n")}\n${JSON.stringify(query.body)}`
  expect(http).toContain(shown)

  for (const secret of [TYPED, KEPT]) {
    for (const { bytes } of [ada, other, late]) expect(bytes()).not.toContain(secret)
    expect(http).not.toContain(secret)
  }
  for (const own of [DRAFT, ANSWER]) {
    for (const { bytes } of [other, late]) expect(bytes()).not.toContain(own)
    expect(http).not.toContain(own)
  }
  expect(ada.bytes()).toContain(ANSWER)
  expect(other.bytes()).toContain(shown)
  await Promise.all([ada, other, late].map(({ client }) => client.close()))
})
