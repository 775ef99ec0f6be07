import { apply, Graph, type Operation, type Person } from "@nexus/protocol"
import { expect, test } from "vitest"
import { addComment, reopenThread, resolveThread } from "../../src/comments/comment-acts.ts"
import { commentsIn, filterThreads, type ThreadFilter, toThreads, unreadMentions } from "../../src/comments/threads.ts"

const ADA = { id: "ada", name: "Ada" }
const BEN = { id: "ben", name: "Ben" }

function graphAfter(...operations: readonly Operation[]): Graph {
  const graph = new Graph()
  const root = { id: "w", kind: "workspace" as const, name: "W", properties: {}, scope: "" }
  const applied = apply(graph, [{ kind: "entity_add", entity: root }, ...operations])
  if (!applied.ok) throw new Error(JSON.stringify(applied.failure))
  return graph
}

const said = (id: string, author: Person, at: number, scope = "w", mentions: readonly Person[] = []) =>
  addComment(id, { scope }, { text: `  ${id}\nmore  `, mentions }, author, at)

const WORLD = [said("a", ADA, 1), said("b", BEN, 2), said("c", BEN, 4, "a", [ADA]), said("d", ADA, 3, "a")]

test("answers stand under what they answer, and the newest word is first", () => {
  const graph = graphAfter(...WORLD)
  const threads = toThreads(commentsIn(graph), graph)
  expect(threads.map(({ id, answers }) => [id, answers.map((answer) => answer.id)])).toEqual([
    ["a", ["d", "c"]],
    ["b", []],
  ])
})

test("each filter shows what it says", () => {
  const graph = graphAfter(...WORLD, resolveThread("b", ADA, 5))
  const threads = toThreads(commentsIn(graph), graph)
  const shown = (filter: ThreadFilter, read: readonly string[] = []) =>
    filterThreads(threads, filter, "ada", new Set(read)).map(({ id }) => id)
  expect(shown("open")).toEqual(["a"])
  expect(shown("resolved")).toEqual(["b"])
  expect(shown("unread")).toEqual(["a", "b"])
  expect(shown("unread", ["c"])).toEqual(["b"])
  expect(shown("mentions")).toEqual(["a"])
  expect(shown("mine")).toEqual(["a"])
  expect(commentsIn(graphAfter(...WORLD, resolveThread("b", ADA, 5), reopenThread("b")))).toHaveLength(4)
})

test("a mention is unread until its comment was on screen", () => {
  const comments = commentsIn(graphAfter(...WORLD))
  expect(unreadMentions(comments, "ada", new Set()).map(({ id }) => id)).toEqual(["c"])
  expect(unreadMentions(comments, "ada", new Set(["c"]))).toEqual([])
  expect(unreadMentions(comments, "ben", new Set())).toEqual([])
})
