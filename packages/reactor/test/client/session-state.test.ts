import { encodeMessage } from "@nexus/protocol"
import { expect, it } from "vitest"
import { clientsOf } from "../world/clients.ts"
import { panelWith } from "../world/server.ts"

const DRAFT = "canary-of-a-draft"

/** The bytes of everything that the kernel was sent, by kind. */
function sent(server: Awaited<ReturnType<typeof clientsOf>>["server"]): ReadonlyMap<string, string> {
  const bytes = new Map<string, string>()
  for (const message of server.received) {
    const frame = Buffer.from(encodeMessage(message)).toString("latin1")
    bytes.set(message.kind, (bytes.get(message.kind) ?? "") + frame)
  }
  return bytes
}

it("session state goes out with the viewer's own trigger of that panel's handler and with nothing else", async () => {
  const { server, clock, clients } = await clientsOf({
    data: '<State name="draft" type="string" scope="session"/><State name="n" type="number"/>',
    logic: '<Handler name="add">$state.n += $state.draft.length</Handler>',
    view: '<Input label="Draft" bind="$state.draft"/>',
    state: { n: 0 },
    others: [panelWith({}, "", "q")],
    users: ["ann", "bob"],
  })
  const [ann, bob] = clients
  if (!ann || !bob) throw new Error("there are two")
  await ann.live.write("$state.draft", ann.live.root, DRAFT, "g")
  await Promise.all([ann.live.run("$state.n = 1", ann.live.root), server.settle()])
  await Promise.all([ann.mirror.undo(), server.settle()])
  ann.mirror.setPresence({ cursor: 1 })
  await Promise.all([bob.mirror.trigger("p", "add", {}), server.settle()])
  await Promise.all([ann.mirror.trigger("q", "add", {}), server.settle()])
  server.breakLine("ann")
  clock.advance(1000)
  await server.settle()
  expect([...sent(server).values()].join()).not.toContain(DRAFT)
  await Promise.all([ann.mirror.trigger("p", "add", {}), server.settle()])
  const withDraft = [...sent(server)].filter(([, bytes]) => bytes.includes(DRAFT)).map(([kind]) => kind)
  expect(withDraft).toEqual(["handler_trigger"])
  expect(server.received.at(-1)).toMatchObject({ kind: "handler_trigger", panel: "p", session: { draft: DRAFT } })
  expect(JSON.stringify(server.journal)).not.toContain(DRAFT)
  expect(bob.live.state.draft).toBe("")
})
