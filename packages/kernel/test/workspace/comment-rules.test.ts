import type { Actor, CommentProperties, JsonObject, NexusError, Operation, Role } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { checkoutOperations } from "../../src/versions/checkout.ts"
import { toCommitted } from "../../src/versions/workspace-files.ts"
import { ADA, COUNTER, kernelWith, replay } from "../worlds.ts"

const BEN = { kind: "person", id: "ben", name: "Ben" } as const
const VIC = { kind: "person", id: "vic", name: "Vic" } as const
const ROLES: { readonly [user: string]: Role } = { ada: "owner", ben: "editor", vic: "viewer" }

function comment(
  id: string,
  { id: author, name }: Actor,
  scope = "p",
  more: Partial<CommentProperties> = {},
): Operation {
  const properties: JsonObject = { text: `${name} says`, author: { id: author, name }, at: 1, mentions: [], ...more }
  return { kind: "entity_add", entity: { id, kind: "comment", name: "says", scope, properties } }
}

async function world() {
  const made = await kernelWith({ panels: { p: COUNTER }, roleOf: async (user) => ROLES[user] })
  let count = 0
  const does = async (actor: Actor, ...operations: Operation[]) => {
    count += 1
    return made.workspace.submit({ submission: `by${count}`, cause: { actor, reason: "a test" }, operations }).then(
      () => "done",
      ({ failure }: NexusError) => failure.code,
    )
  }
  return { ...made, does, said: (id: string) => made.workspace.graph.entity(id)?.properties }
}

const edit = (id: string, text: string): Operation => ({ kind: "entity_set", id, set: { text } })
const remove = (id: string): Operation => ({ kind: "entity_remove", id })
const resolve = (id: string, by: Actor): Operation => ({
  kind: "entity_set",
  id,
  set: { resolved: { by: { id: by.id, name: by.name }, at: 2 } },
})

describe("a comment", () => {
  it("is about the workspace, a panel or the first comment of a thread, and has words", async () => {
    const { does } = await world()
    expect(await does(BEN, comment("a", BEN), comment("b", BEN, "w", { place: { x: 1, y: 2 } }))).toBe("done")
    expect(await does(BEN, comment("c", BEN, "a"))).toBe("done")
    expect(await does(BEN, comment("d", BEN, "c"))).toBe("invalid-input")
    expect(await does(BEN, comment("e", BEN, "p.state.count"))).toBe("invalid-input")
    expect(await does(BEN, comment("f", BEN, "p", { text: " \n " }))).toBe("invalid-input")
  })

  it("is changed by who wrote it alone, and deleted by them or an owner", async () => {
    const { does, said } = await world()
    await does(BEN, comment("a", BEN))
    expect(await does(ADA, edit("a", "Ben says yes"))).toBe("forbidden")
    expect(await does(VIC, remove("a"))).toBe("forbidden")
    expect(await does(BEN, edit("a", "better"))).toBe("done")
    expect(said("a")?.text).toBe("better")
    expect(await does(BEN, { kind: "entity_set", id: "a", set: { author: { id: "ada", name: "Ada" } } })).toBe(
      "forbidden",
    )
    expect(await does(ADA, remove("a"))).toBe("done")
  })

  it("that others answered is resolved, not deleted, by who began the thread", async () => {
    const { does } = await world()
    await does(BEN, comment("a", BEN))
    await does(VIC, comment("b", VIC, "a"))
    expect(await does(BEN, remove("a"))).toBe("forbidden")
    expect(await does(BEN, resolve("b", BEN))).toBe("forbidden")
    expect(await does(BEN, resolve("a", BEN))).toBe("done")
    expect(await does(ADA, remove("a"))).toBe("done")
  })

  it("is written by viewers too, who resolve what they began", async () => {
    const { does } = await world()
    await does(BEN, comment("a", BEN))
    expect(await does(VIC, comment("b", VIC))).toBe("done")
    expect(await does(VIC, resolve("a", VIC))).toBe("forbidden")
    expect(await does(VIC, resolve("b", VIC))).toBe("done")
  })

  it("says who really resolved it, and who put it there when that was not its author", async () => {
    const { does, said } = await world()
    await does(BEN, comment("a", BEN), comment("b", ADA, "p", { putBackBy: { id: "ada", name: "Ada" } }))
    await does(ADA, resolve("a", BEN))
    expect(said("a")).toMatchObject({ resolved: { by: { id: "ada" } } })
    expect(said("a")).not.toHaveProperty("putBackBy")
    expect(said("b")).toMatchObject({ author: { id: "ada" }, putBackBy: { id: "ben", name: "Ben" } })
  })

  it("under the name that its writer has, whatever the page says", async () => {
    const { does, said } = await world()
    await does(BEN, comment("a", { ...BEN, name: "Ada" }))
    expect(said("a")).toMatchObject({ author: { id: "ben", name: "Ben" } })
  })

  it("is written by people, not by programs that people let do other things", async () => {
    const { does } = await world()
    expect(await does({ kind: "ai", id: "ai", name: "Assistant" }, comment("a", BEN))).toBe("forbidden")
  })

  it("goes with its panel and comes back with it, whoever takes the removal back", async () => {
    const { does, said, journal } = await world()
    await does(VIC, comment("a", VIC), comment("b", VIC, "a"))
    await does(BEN, remove("p"))
    expect(said("a")).toBeUndefined()
    const panel = (await replayBefore(journal)).entity("p")
    if (!panel) throw new Error("the journal forgot the panel")
    expect(await does(BEN, { kind: "entity_add", entity: panel }, comment("a", VIC), comment("b", VIC, "a"))).toBe(
      "done",
    )
    expect(said("a")).toMatchObject({ author: { id: "vic" }, putBackBy: { id: "ben" } })
  })

  it("stays as it is when an older version is checked out", async () => {
    const { does, workspace, commit, said } = await world()
    const old = toCommitted(workspace.graph, "w")
    await does(BEN, comment("a", BEN))
    const panels = checkoutOperations(workspace, old)
    expect(panels.filter((operation) => operation.kind === "entity_remove")).toEqual([])
    const now = toCommitted(workspace.graph, "w")
    await does(BEN, remove("p"))
    await commit(...checkoutOperations(workspace, now))
    expect(said("a")).toMatchObject({ text: "Ben says" })
  })
})

/** The graph before the newest change. */
async function replayBefore(journal: Parameters<typeof replay>[0]) {
  const changes = await journal.changes("w", 0, 1000)
  return replay({ ...journal, changes: async () => changes.slice(0, -1) })
}
