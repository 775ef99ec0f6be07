import { NexusError, type Operation, type PanelLevel, type Role } from "@nexus/protocol"
import { expect, test } from "vitest"
import { ADA, COUNTER, kernelWith, panel } from "../worlds.ts"

const EVE = { kind: "person", id: "eve", name: "Eve" } as const
const TITLED = panel("Ledger", '<State name="count" type="number" default="0"/>')
const READER = panel(
  "Reader",
  '<Import panel="Ledger" name="count" as="there"/><State name="n" type="number" default="0"/>',
)

/** A world in which Eve is an editor and `panel` is narrowed for her. */
async function world(
  level: PanelLevel,
  panels: { readonly [id: string]: string } = { ledger: TITLED, counter: COUNTER },
) {
  const roles: { readonly [user: string]: Role } = { ada: "owner", eve: "editor" }
  const made = await kernelWith({ panels, roleOf: async (user) => roles[user] })
  const narrow = (to: PanelLevel) =>
    made.workspace.narrowing.set({ panel: "ledger", subject: { user: "eve" }, level: to, at: 0, by: ADA })
  await narrow(level)
  let count = 0
  const by = (who: typeof EVE | typeof ADA, cause: object = {}) => ({
    does: async (...operations: Operation[]) => {
      count += 1
      const submission = { submission: `by${count}`, cause: { actor: who, reason: "a test", ...cause }, operations }
      return made.workspace.commit(submission).then(
        () => "done",
        ({ failure }: NexusError) => failure.code,
      )
    },
    submits: async (...operations: Operation[]) => {
      count += 1
      return made.workspace
        .submit({ submission: `by${count}`, cause: { actor: who, reason: "a test" }, operations })
        .then(
          () => "done",
          ({ failure }: NexusError) => failure.code,
        )
    },
  })
  return { ...made, narrow, by, eve: by(EVE) }
}

const frame = { x: 5, y: 5, w: 300, h: 200 }
const note = (scope: string): Operation => ({
  kind: "entity_add",
  entity: { id: `note_${scope}`, kind: "concept", name: "A note", scope, properties: {} },
})
const edge = (from: string, to: string): Operation => ({
  kind: "relationship_add",
  relationship: { from, kind: "related_to", to, properties: {} },
})

/** Every kind of operation that touches the narrowed panel, or what hangs on it. */
const TOUCHES: { readonly [what: string]: Operation } = {
  "saving its source": { kind: "panel_source", panel: "ledger", source: TITLED, title: "Ledger" },
  "moving it": { kind: "panel_frame", panel: "ledger", frame },
  "granting it a right": { kind: "panel_grant", panel: "ledger", grant: "time", granted: true },
  "setting its state": { kind: "state_set", panel: "ledger", path: ["count"], value: 1 },
  "unsetting its state": { kind: "state_unset", panel: "ledger", path: ["count"] },
  "splicing its state": { kind: "state_splice", panel: "ledger", path: ["count"], index: 0, remove: [], insert: [1] },
  "removing it": { kind: "entity_remove", id: "ledger" },
  "renaming it": { kind: "entity_set", id: "ledger", name: "Mine" },
  "writing a note into it": note("ledger"),
  "setting what lives in it": { kind: "entity_set", id: "ledger.state.count", set: { description: "mine" } },
  "removing what lives in it": { kind: "entity_remove", id: "ledger.state.count" },
  "drawing an edge from it": edge("ledger", "counter"),
  "removing an edge from it": {
    kind: "relationship_remove",
    from: "ledger",
    relationship: "related_to",
    to: "counter",
  },
}

for (const [what, operation] of Object.entries(TOUCHES)) {
  test(`${what} is refused to who may only look, and is about nothing to who may not even that`, async () => {
    const { eve, narrow, workspace } = await world("look")
    const { seq } = workspace
    expect([await eve.does(operation), await eve.submits(operation)]).toEqual(["forbidden", "forbidden"])
    await narrow("hidden")
    expect([await eve.does(operation), await eve.submits(operation)]).toEqual(["not-found", "not-found"])
    expect(workspace.seq).toBe(seq)
  })
}

test("an owner changes what is narrowed for others, and so does everybody whom no rule is about", async () => {
  const { by } = await world("hidden")
  expect(await by(ADA).does({ kind: "panel_frame", panel: "ledger", frame })).toBe("done")
})

test("one operation among many that may not be takes all with it", async () => {
  const { eve, workspace } = await world("look")
  const { seq } = workspace
  expect(
    await eve.does({ kind: "panel_frame", panel: "counter", frame }, { kind: "panel_frame", panel: "ledger", frame }),
  ).toBe("forbidden")
  expect(workspace.seq).toBe(seq)
})

test("who may look may point at a panel; who may not know of it may not", async () => {
  const { eve, narrow } = await world("look")
  expect(await eve.does(edge("counter", "ledger"))).toBe("done")
  await narrow("hidden")
  expect(await eve.does(edge("ledger.state.count", "counter"))).toBe("not-found")
  expect(
    await eve.does({ kind: "relationship_remove", from: "counter", relationship: "related_to", to: "ledger" }),
  ).toBe("not-found")
})

test("a patch or a checkout that somebody accepts is theirs to answer for", async () => {
  const { by } = await world("look")
  const ai = { kind: "ai", id: "assistant", name: "Assistant" }
  const git = { kind: "git", id: "git", name: "Git" }
  for (const actor of [ai, git]) {
    const cause = { actor, approver: EVE }
    expect(await by(EVE, cause).does({ kind: "panel_frame", panel: "ledger", frame })).toBe("forbidden")
    expect(await by(EVE, { actor, approver: ADA }).does({ kind: "panel_frame", panel: "ledger", frame })).toBe("done")
  }
})

test("a panel that was removed and comes back is as narrow as it was", async () => {
  const { by, eve } = await world("look")
  expect(await by(ADA).does({ kind: "entity_remove", id: "ledger" })).toBe("done")
  const properties = { source: TITLED, frame, title: "Ledger", state: {}, grants: [] }
  const back: Operation = {
    kind: "entity_add",
    entity: { id: "ledger", kind: "panel", name: "Ledger", scope: "w", properties },
  }
  expect(await eve.does(back)).toBe("forbidden")
  expect(await by(ADA).does(back)).toBe("done")
})

test("who may not look into a panel writes no code that reads it, nor code of a panel that does", async () => {
  const { eve, narrow } = await world("hidden", { ledger: TITLED, reader: READER, counter: COUNTER })
  const source: Operation = { kind: "panel_source", panel: "counter", source: READER, title: "Reader" }
  const other: Operation = {
    kind: "panel_source",
    panel: "reader",
    source: READER.replace('"n"', '"m"'),
    title: "Reader",
  }
  expect([await eve.does(source), await eve.does(other)]).toEqual(["forbidden", "forbidden"])
  await narrow("look")
  expect([await eve.does(source), await eve.does(other)]).toEqual(["done", "done"])
})

test.each(["panels:call:Ledger", "panels:call:ledger", "panels:call:*", "panels:call:L*", "panels:read:Ledger"])(
  "who may not see a panel gives nobody the right %s over it, nor writes the code of who has it",
  async (grant) => {
    const { eve, by } = await world("hidden")
    const give: Operation = { kind: "panel_grant", panel: "counter", grant, granted: true }
    expect(await eve.does(give)).toBe("forbidden")
    expect(await by(ADA).does(give)).toBe("done")
    const code: Operation = {
      kind: "panel_source",
      panel: "counter",
      source: COUNTER.replace("+= $args.by", "-= $args.by"),
      title: "Counter",
    }
    expect(await eve.does(code)).toBe("forbidden")
    expect(await eve.does({ kind: "state_set", panel: "counter", path: ["count"], value: 4 })).toBe("done")
  },
)

test("who may look but not run gives no right to call, but may give one to read", async () => {
  const { eve } = await world("look")
  const give = (grant: string): Operation => ({ kind: "panel_grant", panel: "counter", grant, granted: true })
  expect([await eve.does(give("panels:call:Ledger")), await eve.does(give("panels:read:Ledger"))]).toEqual([
    "forbidden",
    "done",
  ])
})

test("a handler runs for who may run it, whatever else they may not", async () => {
  const { workspace, narrow } = await world("look", { ledger: COUNTER })
  const trigger = () =>
    workspace.trigger({ panel: "ledger", handler: "add", args: {}, trigger: "event", person: EVE }).then(
      ({ failure }) => failure?.code,
      (error: Error) => (error instanceof NexusError ? error.failure.code : error.message),
    )
  expect(await trigger()).toBe("forbidden")
  await narrow("hidden")
  expect(await trigger()).toBe("not-found")
  await narrow("run")
  // That the sandbox, which there is none of, was asked is what shows that the run was let through.
  expect(await trigger()).toBe("this world has no sandbox")
})

test("rules are there after a restart", async () => {
  const { journal, workspaces, workspace } = await world("look")
  const [rule] = workspace.narrowing.rules
  await workspaces.release("w")
  const again = await kernelWith({ journal })
  expect(again.workspace.narrowing.rules).toEqual([rule])
  expect(again.workspace.narrowing.hid).toBe(false)
})

test("who may look at a panel may talk about it, and who may not know of it may not", async () => {
  const { eve, narrow } = await world("look")
  const said = (id: string): Operation => {
    const properties = { text: "Hm", author: { id: "eve", name: "Eve" }, at: 1, mentions: [] }
    return { kind: "entity_add", entity: { id, kind: "comment", name: "Hm", scope: "ledger", properties } }
  }
  expect(await eve.submits(said("one"))).toBe("done")
  await narrow("hidden")
  expect(await eve.submits(said("two"))).toBe("not-found")
})
