import { apply, decodeServerMessage, Graph, NexusError, type Operation, type ServerMessage } from "@nexus/protocol"
import { expect, test, vi } from "vitest"
import type { Listener } from "../../src/workspace/audience.ts"
import type { Workspace } from "../../src/workspace/workspace.ts"
import { ADA, addPanel, kernelWith, panel } from "../worlds.ts"

const HIDDEN = ["p1", "p3"]
const SECRET = "TopSecretSalaries"

function source(id: string, imports: string | undefined): string {
  const title = HIDDEN.includes(id) ? `${SECRET} ${id}` : `Panel ${id}`
  const from = imports ? `<Import panel="${imports}" name="count" as="other"/>` : ""
  return panel(
    title,
    `${from}<State name="count" type="number" default="0"/><State name="note" type="string" default=""/>`,
  )
}

/** Hears what somebody hears. */
function listen(workspace: Workspace, user: string): ServerMessage[] {
  const heard: ServerMessage[] = []
  const listener: Listener = {
    session: `session_${user}`,
    ...{ user, name: user, role: "editor", presence: {} },
    deliver: (bytes) => heard.push(decodeServerMessage(bytes)),
    onRole: () => undefined,
  }
  workspace.audience.join(listener)
  return heard
}

function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1664525 + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Something that might be done next; it may well be refused. */
function someOperations(graph: Graph, pick: (below: number) => number, round: number): Operation[] {
  const ids = ["p0", "p1", "p2", "p3", "p4"]
  const one = (list: readonly string[]) => list[pick(list.length)] ?? "p0"
  const id = one(ids)
  const notes = [...graph.ofKind("concept")].map((entity) => entity.id)
  const words = HIDDEN.includes(id) ? SECRET : "open"
  switch (pick(9)) {
    case 0:
      return [addPanel(id, source(id, pick(2) ? one(ids.filter((other) => other !== id)) : undefined))]
    case 1:
      return [{ kind: "entity_remove", id }]
    case 2:
      return [{ kind: "panel_source", panel: id, source: source(id, pick(2) ? one(ids) : undefined), title: id }]
    case 3:
      return [{ kind: "state_set", panel: id, path: ["note"], value: `${words} ${round}` }]
    case 4: {
      const scope = pick(2) ? "w" : id
      const name = scope !== "w" && HIDDEN.includes(scope) ? SECRET : "A note"
      return [{ kind: "entity_add", entity: { id: `c${pick(6)}`, kind: "concept", name, scope, properties: {} } }]
    }
    case 5:
      return [{ kind: "entity_remove", id: one(notes) }]
    case 6: {
      const [from, to] = [one([...notes, ...ids]), one([...notes, ...ids])]
      const secret = [from, to].some((end) => HIDDEN.includes(end))
      return [
        {
          kind: "relationship_add",
          relationship: { from, kind: "related_to", to, properties: { why: secret ? SECRET : "open" } },
        },
      ]
    }
    case 7:
      return [
        { kind: "state_set", panel: id, path: ["count"], value: round },
        { kind: "panel_frame", panel: one(ids), frame: { x: round, y: 0, w: 300, h: 200 } },
      ]
    default:
      return [{ kind: "panel_frame", panel: id, frame: { x: round, y: 1, w: 300, h: 200 } }]
  }
}

test.each([1, 2, 3, 4, 5, 6])("a mirror fed with what one may see is the graph one may see (seed %i)", async (seed) => {
  const { workspace, commit } = await kernelWith({ roleOf: async (user) => (user === "ada" ? "owner" : "editor") })
  for (const panel of HIDDEN)
    await workspace.narrowing.set({ panel, subject: { user: "eve" }, level: "hidden", at: 0, by: ADA })
  const pick = random(seed)
  for (let round = 0; round < 20; round += 1) await tried(commit(...someOperations(workspace.graph, pick, round)))

  const sight = workspace.narrowing.sightOf({ user: "eve", role: "editor" })
  if (!sight) throw new Error("nothing is hidden")
  const mirror = Graph.fromSnapshot(sight.graph(workspace.graph).toSnapshot())
  let at = workspace.seq
  const heard = listen(workspace, "eve")
  for (let round = 20; round < 170; round += 1) await tried(commit(...someOperations(workspace.graph, pick, round)))

  for (const message of heard) {
    expect(JSON.stringify(message)).not.toContain(SECRET)
    for (const id of HIDDEN) expect(JSON.stringify(message)).not.toMatch(new RegExp(`"${id}[".]`))
    if (message.kind !== "change") continue
    expect(message.change.seq).toBe(at + 1)
    at = message.change.seq
    expect(apply(mirror, message.change.operations)).toMatchObject({ ok: true })
  }
  expect(at).toBe(workspace.seq)
  expect(at).toBeGreaterThan(40)
  expect(mirror.toSnapshot()).toEqual(sight.graph(workspace.graph).toSnapshot())
})

/** What the rules refuse is no change. */
async function tried(change: Promise<unknown>): Promise<void> {
  await change.catch((error: unknown) => {
    if (!(error instanceof NexusError)) throw error
  })
}

test("the words of a change that touches what is hidden are not told, and who is told of the rest is", async () => {
  const { workspace, commit } = await kernelWith({
    panels: { p0: source("p0", undefined), p1: source("p1", undefined) },
    roleOf: async () => "editor",
  })
  await workspace.narrowing.set({ panel: "p1", subject: { user: "eve" }, level: "hidden", at: 0, by: ADA })
  const heard = listen(workspace, "eve")
  const all = listen(workspace, "bob")
  await commit(
    { kind: "state_set", panel: "p0", path: ["note"], value: "seen" },
    { kind: "state_set", panel: "p1", path: ["note"], value: "unseen" },
  )
  const change = heard.at(-1)
  expect(change).toMatchObject({
    kind: "change",
    change: {
      operations: [{ kind: "state_set", panel: "p0" }],
      cause: { actor: { id: "ada" }, reason: "changed something you cannot see" },
    },
  })
  expect(all.at(-1)).toMatchObject({ change: { cause: { reason: "a test" }, operations: [{}, { panel: "p1" }] } })
})

test("where others are is told without the panel that is hidden", async () => {
  const { workspace } = await kernelWith({ panels: { p1: source("p1", undefined) }, roleOf: async () => "editor" })
  await workspace.narrowing.set({ panel: "p1", subject: { user: "eve" }, level: "hidden", at: 0, by: ADA })
  const heard = listen(workspace, "eve")
  listen(workspace, "bob")
  workspace.audience.setPresence("session_bob", { selected: ["p1"], cursor: { x: 1, y: 2 } })
  await vi.waitFor(() =>
    expect(heard.at(-1)).toMatchObject({ peers: [{ user: "eve" }, { user: "bob", presence: {} }] }),
  )
  expect(JSON.stringify(heard)).not.toContain("p1")
})
