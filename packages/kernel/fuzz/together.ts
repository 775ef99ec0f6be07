import { apply, type Change, Graph, type Operation } from "@nexus/protocol"
import { Documents } from "../src/documents/documents.ts"
import { createPanelOperation } from "../src/panels/new-panel.ts"
import { createMemoryJournal } from "../src/storage/memory-journal.ts"
import { Sources } from "../src/workspace/sources.ts"
import type { Submission } from "../src/workspace/submission.ts"
import { settle, type Writing, writer } from "../test/documents/together.ts"

/**
 * A few people in one source, at random: they type and take out, their frames come late or never, they go offline and come
 * back, they save, somebody else saves another source, and the kernel crashes and comes back with what it had written
 * down. In the end all read the same, the kernel too; what was typed stands there once, unless somebody took it out;
 * and what is saved is what they read.
 */
const STEPS = 150
/** Everything is written within a comment, so that the text works whatever is in it. */
const SOURCE = '<NexusPanel title="N"><View><Text content="x"/></View></NexusPanel><!--begin-->'
/** Characters of their own, one for each time that somebody types. */
const FIRST_CHARACTER = 0xe000

interface World {
  readonly graph: Graph
  readonly random: (below: number) => number
  documents: Documents
  typed: number
  readonly takenOut: Set<string>
}

export const fuzz = {
  async round(seed: number): Promise<void> {
    const random = generator(seed)
    const graph = new Graph()
    const frame = { x: 0, y: 0, w: 300, h: 200 }
    applied(graph, [
      { kind: "entity_add", entity: { id: "w", kind: "workspace", name: "W", properties: {}, scope: "" } },
      createPanelOperation({ id: "p", workspace: "w", source: SOURCE, frame }),
    ])
    const { values } = createMemoryJournal()
    let seq = 1
    const made = new Set<string>()
    const committed = async (submission: string) => made.has(submission)
    const commit = async ({ submission, cause, operations }: Submission): Promise<number> => {
      await null
      applied(graph, operations)
      seq += 1
      made.add(submission)
      const change: Change = { workspace: "w", seq, submission, cause, operations: [...operations], at: 0 }
      world.documents.onChange(change)
      return seq
    }
    const start = () =>
      new Documents({
        workspace: "w",
        graph,
        sources: new Sources(),
        values,
        commit,
        committed,
        quietMs: 1,
        log: () => undefined,
      })
    const world: World = { graph, random, documents: start(), typed: 0, takenOut: new Set() }
    const writers = Array.from({ length: 2 + random(4) }, (_, index) =>
      writer(`W${index}`, () => world.documents, SOURCE),
    )
    for (const { line } of writers) if (random(4) > 0) line.connect()
    if (random(2)) await settle(writers)
    for (let step = 0; step < STEPS; step += 1) {
      const one = writers[random(writers.length)]
      if (one) await act(world, one, writers, commit, start)
    }
    for (const { line } of writers) line.connect()
    await settle(writers)
    await world.documents.save("p")
    await settle(writers)
    compare(world, writers)
    for (const { text, line } of writers) {
      line.disconnect()
      text.document.close()
    }
    await world.documents.closeAll()
  },
}

async function act(
  world: World,
  one: Writing,
  writers: readonly Writing[],
  commit: (submission: Submission) => Promise<number>,
  start: () => Documents,
): Promise<void> {
  const { random } = world
  const kind = random(100)
  if (kind < 25) type(world, one)
  else if (kind < 30) takeOut(world, one)
  else if (kind < 80) await one.line.pass(random(2) ? "to kernel" : "to client")
  else if (kind < 85) one.line.connect()
  else if (kind < 88) one.line.disconnect()
  else if (kind < 91) one.text.save().catch(() => undefined)
  else if (kind < 94) await saveElsewhere(world, commit)
  else if (kind < 96) await new Promise((resolve) => setTimeout(resolve, 1))
  else if (kind < 98) one.text.setSelection({ anchor: Uint8Array.of(1), head: Uint8Array.of(1) })
  else {
    // Its process is gone at once, its frames with it; what it had written down is there.
    for (const { line } of writers) line.crash()
    world.documents.stop()
    world.documents = start()
  }
}

function type(world: World, { says, type: put }: Writing): void {
  const { from, to } = within(says())
  put(from + world.random(to - from + 1), character(world))
}

function takeOut(world: World, { says, type: put }: Writing): void {
  const { from, to } = within(says())
  const length = Math.min(to - from, 1 + world.random(2))
  const offset = from + world.random(to - from - length + 1)
  for (const letter of says().slice(offset, offset + length)) world.takenOut.add(letter)
  put(offset, "", length)
}

/** A patch, say: to the saved source, not to what is being written. */
async function saveElsewhere(world: World, commit: (submission: Submission) => Promise<number>): Promise<void> {
  const before = world.graph.panel("p")?.properties.source ?? ""
  const at = before.indexOf("-->")
  const put = character(world)
  const source = before.slice(0, at) + put + before.slice(at)
  await commit({
    submission: `elsewhere${world.typed}`,
    cause: { actor: { kind: "ai", id: "ai", name: "Assistant" }, reason: "a patch" },
    operations: [{ kind: "panel_source", panel: "p", source, title: "N", expect: before }],
  }).catch(() => world.takenOut.add(put))
}

function character(world: World): string {
  world.typed += 1
  return String.fromCharCode(FIRST_CHARACTER + world.typed)
}

/** Where the comment's words begin and end. */
function within(text: string): { readonly from: number; readonly to: number } {
  return { from: text.indexOf("<!--") + 4, to: text.indexOf("-->") }
}

function compare(world: World, writers: readonly Writing[]): void {
  const saved = world.graph.panel("p")?.properties.source ?? ""
  for (const { name, says } of writers) {
    if (says() !== saved) throw new Error(`${name} reads ${JSON.stringify(says())}, saved is ${JSON.stringify(saved)}`)
  }
  for (let each = 1; each <= world.typed; each += 1) {
    const letter = String.fromCharCode(FIRST_CHARACTER + each)
    const times = saved.split(letter).length - 1
    const right = world.takenOut.has(letter) ? times === 0 : times === 1
    if (!right)
      throw new Error(`what was typed as number ${each} stands there ${times} times: ${JSON.stringify(saved)}`)
  }
}

function applied(graph: Graph, operations: readonly Operation[]): void {
  const result = apply(graph, operations)
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
}

function generator(seed: number): (below: number) => number {
  let state = (seed * 2654435761) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}
