import { NexusError } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Journal } from "../../../src/storage/journal.ts"
import { createMemoryJournal } from "../../../src/storage/memory-journal.ts"
import { ADA, kernelWith, panel, type World } from "../../worlds.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const waiting = { key: new Uint8Array(32).fill(3) }
const SHIP = panel(
  "Ship",
  '<State name="log" type="list"/>',
  `<Capability type="ask" reason="Asks before it ships"/>
   <Handler name="ship">
     const answer = await nexus.ask($args.question, $args.how)
     $state.log.push(answer)
     return answer
   </Handler>`,
)

/** A kernel on this journal; the first one on it installs the panel and says whether it may ask. */
async function kernelOn(journal: Journal, granted?: boolean): Promise<World> {
  const first = granted === undefined ? {} : { panels: { p: SHIP } }
  const world = await kernelWith({ sandbox, journal, waiting, ...first })
  if (granted) await world.commit({ kind: "panel_grant", panel: "p", grant: "ask", granted: true })
  return world
}

const ship = (
  world: World,
  how: { options?: string[]; role?: string } = {},
  { question = "Ship it?", ref = "ref_1" } = {},
) =>
  world.workspace.trigger({
    panel: "p",
    handler: "ship",
    args: { question, how },
    trigger: "event",
    person: ADA,
    ref,
  })
const questions = (world: World) => world.workspace.waiting.questions()
const allowed = async () => undefined

describe("a handler that asks a person", () => {
  it("goes on with the answer, in the next kernel as well", async () => {
    const journal = createMemoryJournal()
    const first = await kernelOn(journal, true)
    const asking = { options: ["yes", "no"], role: "owner" }
    ship(first, asking)
    await expect
      .poll(() => questions(first))
      .toMatchObject([{ question: "Ship it?", ...asking, panel: "p", handler: "ship", person: { id: "ada" } }])
    await first.close()
    const second = await kernelOn(journal)
    const [asked] = await questions(second)
    await second.workspace.waiting.answer(asked?.id ?? "", "yes", allowed)
    expect(await ship(second)).toMatchObject({ status: "finished", value: "yes" })
    expect(second.workspace.graph.panel("p")?.properties.state).toEqual({ log: ["yes"] })
    expect(await questions(second)).toEqual([])
  })

  it("takes the answer of who has the role, one of its options, and once", async () => {
    const world = await kernelOn(createMemoryJournal(), true)
    const ended = ship(world, { options: ["yes", "no"], role: "owner" })
    await expect.poll(() => questions(world)).toHaveLength(1)
    const [{ id } = { id: "" }] = await questions(world)
    const answer = (text: string, may: (role: string) => Promise<unknown>) =>
      world.workspace.waiting.answer(id, text, may)
    const asViewer = async (role: string) => {
      throw new NexusError({ code: "forbidden", detail: `needs ${role}` })
    }
    await expect(answer("yes", asViewer)).rejects.toThrow("needs owner")
    await expect(answer("maybe", allowed)).rejects.toThrow("one of yes, no")
    await answer("no", allowed)
    await expect(answer("yes", allowed)).rejects.toThrow(id)
    expect(await ended).toMatchObject({ status: "finished", value: "no" })
  })

  it("keeps an answer that was taken, though the kernel ends before the handler goes on", async () => {
    const disk = createMemoryJournal()
    let saved = 0
    const down = new NexusError({ code: "unavailable", what: "The journal", detail: "the power is cut" })
    await (await kernelOn(disk, true)).close()
    /** The power is cut behind the record of the answer: no turn is committed after it. */
    const cut: Journal = {
      ...disk,
      append: (change, epoch) => (saved < 2 ? disk.append(change, epoch) : Promise.reject(down)),
      acquire: (id) => (saved < 2 ? disk.acquire(id) : Promise.reject(down)),
      saveSnapshot: () => Promise.reject(down),
      values: {
        ...disk.values,
        set: async (workspace, space, key, value) => {
          if (saved >= 2) throw down
          await disk.values.set(workspace, space, key, value)
          if (space === "waiting-runs") saved += 1
        },
      },
    }
    const first = await kernelOn(cut)
    ship(first)
    await expect.poll(() => questions(first)).toHaveLength(1)
    const [{ id } = { id: "" }] = await questions(first)
    await first.workspace.waiting.answer(id, "as you like", allowed)
    expect(saved).toBe(2)
    await first.close()
    const second = await kernelOn(disk)
    expect(await ship(second)).toMatchObject({ status: "finished", value: "as you like" })
    expect(second.workspace.graph.panel("p")?.properties.state).toEqual({ log: ["as you like"] })
  })

  it("may not ask without the capability, nor what is no question", async () => {
    const ungranted = await kernelOn(createMemoryJournal(), false)
    expect(await ship(ungranted)).toMatchObject({ failure: { code: "capability-denied" } })
    const world = await kernelOn(createMemoryJournal(), true)
    expect(await ship(world, {}, { question: "" })).toMatchObject({ failure: { code: "handler-failed" } })
    expect(await ship(world, { role: "king" }, { ref: "ref_2" })).toMatchObject({ failure: { code: "handler-failed" } })
    expect(await questions(world)).toEqual([])
  })
})
