import { decodeServerMessage, type ServerMessage } from "@nexus/protocol"
import { expect, it } from "vitest"
import { type Line, Session } from "../../src/gateway/session.ts"
import { COUNTER, kernelWith } from "../worlds.ts"

/** A line whose other end reads only when told to. */
class SlowLine implements Line {
  readonly sent: ServerMessage[] = []
  bufferedAmount = 0
  closedWith: number | undefined
  send(bytes: Uint8Array): void {
    this.sent.push(decodeServerMessage(bytes))
    this.bufferedAmount += bytes.byteLength
  }
  close(code: number): void {
    this.closedWith = code
  }
}

const ADA = { user: { id: "ada", name: "Ada", email: "" } }
const big = (index: number) => ({
  kind: "state_set" as const,
  panel: "p",
  path: ["text"],
  value: String(index).repeat(200_000),
})
const BIG = COUNTER.replace('name="count" type="number" default="0"', 'name="text" type="string"').replaceAll(
  "$state.count",
  "$state.text",
)

it("a client that does not read gets no more changes, and is told to resync when it has drained", async () => {
  const world = await kernelWith({ panels: { p: BIG } })
  const [slow, quick] = [new SlowLine(), new SlowLine()]
  const sessions = [slow, quick].map((line) => new Session(line))
  for (const session of sessions) session.follow(world.workspace, "owner", ADA)
  for (let index = 0; index < 20; index += 1) {
    await world.commit(big(index))
    quick.bufferedAmount = 0
  }
  expect(slow.bufferedAmount).toBeLessThan(1.5 * 1024 * 1024)
  expect(quick.sent.filter(({ kind }) => kind === "change")).toHaveLength(20)
  expect(slow.sent.filter(({ kind }) => kind === "change").length).toBeLessThan(10)
  slow.bufferedAmount = 0
  await expect.poll(() => slow.sent.at(-1)).toEqual({ kind: "resync", workspace: "w" })
  expect(world.workspace.audience.size).toBe(1)
  for (const session of sessions) session.close()
  expect(world.workspace.audience.size).toBe(0)
})

it("a client that does not read never holds more than 1 MB of what everybody is told, and one longer change is asked for", async () => {
  const world = await kernelWith({ panels: { p: BIG } })
  const slow = new SlowLine()
  const session = new Session(slow)
  session.follow(world.workspace, "owner", ADA)
  for (let index = 0; index < 20; index += 1) {
    await world.commit({ ...big(index), value: "x".repeat(300_000 + index) })
    expect(slow.bufferedAmount).toBeLessThanOrEqual(1024 * 1024)
  }
  slow.bufferedAmount = 0
  await expect.poll(() => slow.sent.at(-1)).toEqual({ kind: "resync", workspace: "w" })
  session.follow(world.workspace, "owner", ADA)
  slow.bufferedAmount = 0
  await world.commit({ ...big(1), value: "y".repeat(1_100_000) })
  await expect.poll(() => slow.sent.at(-1)).toEqual({ kind: "resync", workspace: "w" })
  session.close()
})

it("pointers that move a hundred times at once are told twice, and the last place is told", async () => {
  const world = await kernelWith({ panels: { p: COUNTER } })
  const line = new SlowLine()
  const session = new Session(line)
  session.follow(world.workspace, "owner", ADA)
  for (let x = 1; x <= 100; x += 1) session.setPresence("w", { cursor: { x, y: 0 } })
  const told = () => line.sent.filter(({ kind }) => kind === "presence")
  await expect.poll(() => told().at(-1)).toMatchObject({ peers: [{ presence: { cursor: { x: 100 } } }] })
  expect(told()).toHaveLength(2)
  session.close()
})

it("a client that takes answers and never reads them is let go", () => {
  const line = new SlowLine()
  const session = new Session(line)
  line.bufferedAmount = 17 * 1024 * 1024
  session.send({ kind: "pong", at: 1 })
  expect(line.closedWith).toBe(1013)
  expect(line.sent).toEqual([])
})

it("a member whose role changes is told, and one who is removed hears nothing more", async () => {
  const world = await kernelWith({ panels: { p: COUNTER } })
  const line = new SlowLine()
  const session = new Session(line)
  session.follow(world.workspace, "editor", ADA)
  world.workspace.audience.setRole("ada", "viewer")
  expect(session.roleIn("w")).toBe("viewer")
  expect(line.sent).toContainEqual({
    kind: "subscribed",
    workspace: "w",
    role: "viewer",
    narrowed: {},
    seq: world.workspace.seq,
  })
  world.workspace.audience.setRole("ada", undefined)
  expect(session.roleIn("w")).toBeUndefined()
  expect(line.sent.at(-1)).toMatchObject({ kind: "failed", failure: { code: "forbidden" } })
  session.close()
})
