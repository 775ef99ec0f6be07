import { createId, PROTOCOL_VERSION } from "@nexus/protocol"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type RunningKernel, runningKernel } from "../running-kernel.ts"
import { WireClient } from "../wire-client.ts"

/* Sockets stand on a sign-in or a key, and end with it. */

let world: RunningKernel
beforeAll(async () => {
  world = await runningKernel()
})
afterAll(() => world.close())

const WORKSPACE = "home"
const KEYED = `<NexusPanel title="Keeps">
  <Data><State name="n" type="number" default="0"/></Data>
  <Logic><Capability type="kv" scope="notes" reason="Keeps notes"/></Logic>
  <View><Text content="{$state.n}"/></View>
</NexusPanel>`

async function keyOf(token: string, key: object): Promise<{ key: string; id: string }> {
  const { body } = await world.call("POST", "/auth/keys", token, { name: "a key", ...key })
  return { key: String(body.key), id: String(body.id) }
}

test("signing out everywhere closes the sockets of that person and of nobody else", async () => {
  const ada = await world.person("Ada", WORKSPACE, "editor")
  const [mine, others] = [await world.client(ada.token), await world.client(world.owner.token)]
  expect((await world.call("DELETE", "/auth/sessions", ada.token)).status).toBe(204)
  expect(await mine.next("failed")).toMatchObject({ failure: { code: "unauthenticated" } })
  expect(await mine.closed).toBe(1008)
  others.send({ kind: "ping", at: 1 })
  await others.next("pong")
  await others.close()
})

test("a revoked key closes the sockets that came with it, and no other of its person", async () => {
  const bob = await world.person("Bob", WORKSPACE, "editor")
  const { key, id } = await keyOf(bob.token, { scope: "write" })
  const [byKey, byHand] = [await world.client(key), await world.client(bob.token)]
  await world.call("DELETE", `/auth/keys/${id}`, bob.token)
  expect(await byKey.closed).toBe(1008)
  byHand.send({ kind: "ping", at: 1 })
  await byHand.next("pong")
  await byHand.close()
  const late = await WireClient.connect(world.kernel.url)
  late.send({ kind: "hello", token: key, protocol: PROTOCOL_VERSION })
  expect(await late.closed).toBe(1008)
})

test("over the socket too a key narrows: it reads only, sees its workspaces only, and brings no right", async () => {
  const { body: panel } = await world.call("POST", "/panels", world.owner.token, {
    workspace: WORKSPACE,
    source: KEYED,
  })
  const grant = { kind: "panel_grant", panel: String(panel.id), grant: "kv:notes", granted: true } as const
  const reads = await world.client((await keyOf(world.owner.token, { scope: "read" })).key)
  reads.send({ kind: "subscribe", workspace: WORKSPACE })
  expect(await reads.next("snapshot")).toMatchObject({ role: "viewer" })
  const move = { kind: "panel_frame", panel: String(panel.id), frame: { x: 1, y: 1, w: 300, h: 300 } } as const
  expect(await reads.submit(WORKSPACE, [move])).toMatchObject({ kind: "rejected", failure: { code: "forbidden" } })
  await reads.close()

  const writes = await world.client((await keyOf(world.owner.token, { scope: "write" })).key)
  expect(await writes.submit(WORKSPACE, [move])).toMatchObject({ kind: "accepted" })
  expect(await writes.submit(WORKSPACE, [grant])).toMatchObject({ kind: "rejected", failure: { code: "forbidden" } })
  await writes.close()

  const elsewhere = await world.client(
    (await keyOf(world.owner.token, { scope: "admin", workspaces: ["ws_other"] })).key,
  )
  expect(await elsewhere.submit(WORKSPACE, [move], createId("ref"))).toMatchObject({ failure: { code: "forbidden" } })
  await elsewhere.close()

  const admin = await world.client((await keyOf(world.owner.token, { scope: "admin", workspaces: [WORKSPACE] })).key)
  expect(await admin.submit(WORKSPACE, [grant])).toMatchObject({ kind: "accepted" })
  await admin.close()
})
