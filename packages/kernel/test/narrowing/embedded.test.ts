import { apply, decodeServerMessage, Graph, NexusError, type Operation, type ServerMessage } from "@nexus/protocol"
import { expect, test } from "vitest"
import { embedded } from "../../src/narrowing/embedded.ts"
import type { Workspace } from "../../src/workspace/workspace.ts"
import { ADA, addPanel, kernelWith, panel } from "../worlds.ts"

const SECRET = "TopSecretSalaries"

function source(title: string, imports?: string): string {
  const from = imports ? `<Import panel="${imports}" name="count" as="other"/>` : ""
  return panel(
    title,
    `${from}<State name="count" type="number" default="0"/><State name="note" type="string" default=""/>`,
  )
}

/** A page that shows `only`, or the canvas: what it began with, and what it hears. */
function pageOf(workspace: Workspace, only?: string) {
  const who = { user: "share_1", role: "viewer" } as const
  const shown = embedded(workspace.graph, only, () => workspace.narrowing.sightOf(who))
  const graph = shown.graph(workspace.graph)
  const heard: ServerMessage[] = []
  workspace.audience.join({
    ...{ session: `session_${only ?? "all"}`, ...who, name: "A page", presence: {}, embedded: shown },
    deliver: (bytes) => heard.push(decodeServerMessage(bytes)),
    onRole: () => undefined,
  })
  return { mirror: Graph.fromSnapshot(graph.toSnapshot()), heard, shown }
}

const comment = (id: string, scope: string): Operation => ({
  kind: "entity_add",
  entity: {
    ...{ id, kind: "comment", name: "", scope },
    properties: { text: SECRET, author: { id: "ada", name: SECRET }, at: 1, mentions: [] },
  },
})

test("a page is shown one panel and what that reads, and nothing else is told it", async () => {
  const { workspace, commit } = await kernelWith({
    panels: { read: source("Read"), shown: source("Shown", "Read"), other: source(SECRET) },
  })
  await commit({ kind: "entity_set", id: "w", name: SECRET }, comment("c1", "shown"))
  const { mirror, heard, shown } = pageOf(workspace, "shown")
  expect([...mirror.panels()].map(({ id }) => id).sort()).toEqual(["read", "shown"])
  expect(JSON.stringify(mirror.toSnapshot())).not.toContain(SECRET)

  await commit({ kind: "state_set", panel: "other", path: ["note"], value: SECRET })
  await commit(comment("c2", "shown"), { kind: "state_set", panel: "shown", path: ["count"], value: 4 })
  await commit({ kind: "state_set", panel: "read", path: ["count"], value: 5 })
  workspace.audience.tell({ kind: "runs_changed", workspace: "w" })
  expect(new Set(heard.map(({ kind }) => kind))).toEqual(new Set(["change"]))
  expect(JSON.stringify(heard)).not.toContain(SECRET)
  expect(JSON.stringify(heard)).not.toContain(ADA.name)
  for (const message of heard) if (message.kind === "change") apply(mirror, message.change.operations)
  expect(mirror.panel("read")?.properties.state.count).toBe(5)
  expect(mirror.toSnapshot()).toEqual(shown.graph(workspace.graph).toSnapshot())
  expect(workspace.audience.peers).toEqual([])
})

test("a page whose panel reads others from now on begins anew, and one whose panel is only rewritten goes on", async () => {
  const { workspace, commit } = await kernelWith({ panels: { a: source("A"), b: source("B"), c: source("C") } })
  const { heard } = pageOf(workspace, "a")
  await commit({ kind: "panel_source", panel: "a", source: source("A again"), title: "A again" })
  await commit({ kind: "panel_source", panel: "b", source: source("B", "C"), title: "B" })
  expect(heard.map(({ kind }) => kind)).toEqual(["change", "change"])
  await commit({ kind: "panel_source", panel: "a", source: source("A", "B"), title: "A" })
  expect(heard.at(-1)).toEqual({ kind: "resync", workspace: "w" })
  const { mirror } = pageOf(workspace, "a")
  expect([...mirror.panels()].map(({ id }) => id).sort()).toEqual(["a", "b", "c"])
})

test("what is hidden from viewers is hidden from every page", async () => {
  const { workspace, commit } = await kernelWith({
    panels: { open: source("Open"), hidden: source(SECRET), reads: source("Reads", SECRET) },
  })
  await workspace.narrowing.set({ panel: "hidden", subject: { role: "viewer" }, level: "hidden", at: 0, by: ADA })
  const all = pageOf(workspace)
  expect([...all.mirror.panels()].map(({ id }) => id).sort()).toEqual(["open", "reads"])
  expect([...pageOf(workspace, "hidden").mirror.panels()]).toEqual([])
  expect([...pageOf(workspace, "reads").mirror.panels()].map(({ id }) => id)).toEqual(["reads"])
  await commit({ kind: "state_set", panel: "hidden", path: ["note"], value: "unseen" })
  expect(JSON.stringify(all.heard)).not.toContain("unseen")
})

const IDS = ["p0", "p1", "p2", "p3"]

function someOperation(graph: Graph, pick: (below: number) => number, round: number): Operation {
  const one = () => IDS[pick(IDS.length)] ?? "p0"
  const id = one()
  switch (pick(7)) {
    case 0:
      return addPanel(id, source(id, pick(3) === 0 ? one() : undefined))
    case 1:
      return { kind: "entity_remove", id }
    case 2:
      return { kind: "panel_source", panel: id, source: source(id, pick(3) === 0 ? one() : undefined), title: id }
    case 3:
      return comment(`c${round}`, graph.entity(id) ? id : "w")
    case 4:
      return { kind: "entity_set", id: "w", name: `${SECRET} ${round}` }
    case 5:
      return { kind: "relationship_add", relationship: { from: id, kind: "related_to", to: one(), properties: {} } }
    default:
      return { kind: "state_set", panel: id, path: ["count"], value: round }
  }
}

test.each([1, 2, 3, 4])("a page's mirror is what it may be shown now, whatever is done (seed %i)", async (seed) => {
  let state = seed
  const pick = (below: number) => {
    state = (state * 1664525 + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const { workspace, commit } = await kernelWith({ panels: { p0: source("p0"), p1: source("p1", "p0") } })
  for (const only of ["p1", undefined]) {
    let page = pageOf(workspace, only)
    for (let round = 0; round < 120; round += 1) {
      await commit(someOperation(workspace.graph, pick, round)).catch((error: unknown) => {
        if (!(error instanceof NexusError)) throw error
      })
      const heard = page.heard.splice(0)
      expect(JSON.stringify(heard)).not.toContain(ADA.name)
      if (only !== undefined) expect(JSON.stringify(heard)).not.toContain(SECRET)
      if (heard.some(({ kind }) => kind === "resync")) page = pageOf(workspace, only)
      for (const message of heard) {
        if (message.kind === "change") {
          expect(apply(page.mirror, message.change.operations)).toMatchObject({ ok: true })
        }
      }
    }
    expect(page.mirror.toSnapshot()).toEqual(page.shown.graph(workspace.graph).toSnapshot())
  }
})
