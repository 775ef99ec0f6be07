import { decodeServerMessage, encodeMessage, type ServerMessage } from "@nexus/protocol"
import { expect, it } from "vitest"
import { Session } from "../../src/gateway/session.ts"
import { onSubscribe } from "../../src/messages/subscribe.ts"
import { COUNTER, kernelWith } from "../worlds.ts"

const ADA = { user: { id: "ada", name: "Ada", email: "" } }
const CHANGES = 30

it("who comes back gets the missing changes or a snapshot, whichever is shorter, on both sides of the line", async () => {
  const { workspaces, workspace, commit } = await kernelWith({ panels: { p: COUNTER } })
  // Each says the same as the one before and a little more, so the way by changes grows past the whole.
  for (let n = 0; n < CHANGES; n += 1) {
    await commit({ kind: "entity_set", id: "w", set: { note: "x".repeat(200 + n) } })
  }
  const context = {
    workspaces,
    accounts: {
      authenticate: async () => ADA,
      lookIn: async () => ADA,
      roleOf: async () => "owner" as const,
      onEnded: () => () => undefined,
    },
    log: () => undefined,
  }
  const heardSince = async (since: number | undefined): Promise<ServerMessage[]> => {
    const heard: ServerMessage[] = []
    const session = new Session({
      bufferedAmount: 0,
      send: (bytes) => heard.push(decodeServerMessage(bytes)),
      close: () => undefined,
    })
    session.identity = ADA
    await onSubscribe(context, session, {
      kind: "subscribe",
      workspace: "w",
      ...(since === undefined ? {} : { since }),
    })
    session.close()
    return heard.filter(({ kind }) => kind === "snapshot" || kind === "change")
  }
  const bytesOf = (messages: readonly ServerMessage[]) =>
    messages.reduce((sum, message) => sum + encodeMessage(message).byteLength, 0)
  const whole = bytesOf(await heardSince(undefined))
  const kinds: string[] = []
  for (let since = 1; since < workspace.seq; since += 1) {
    const missed = (await workspace.changes(since, 1000)).map((change): ServerMessage => ({ kind: "change", change }))
    const heard = await heardSince(since)
    const shorter = bytesOf(missed) <= whole ? "change" : "snapshot"
    expect([since, ...new Set(heard.map(({ kind }) => kind))]).toEqual([since, shorter])
    expect(bytesOf(heard)).toBe(Math.min(bytesOf(missed), whole))
    kinds.push(shorter)
  }
  expect(new Set(kinds)).toEqual(new Set(["snapshot", "change"]))
  expect(kinds.lastIndexOf("snapshot")).toBe(kinds.indexOf("change") - 1)
})
