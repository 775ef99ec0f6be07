import type { Operation, Person } from "@nexus/protocol"

/** What people do with comments, as operations. Pure: ids, times and people come in. */

export interface Place {
  readonly x: number
  readonly y: number
}

/** Where a comment goes: what it is about, and for the first of a thread the place in it. */
export interface Spot {
  readonly scope: string
  readonly place?: Place
}

export interface Words {
  readonly text: string
  readonly mentions: readonly Person[]
}

const NAME = 80

export function addComment(id: string, { scope, place }: Spot, words: Words, author: Person, at: number): Operation {
  const where = place ? { place: { x: Math.round(place.x), y: Math.round(place.y) } } : {}
  const properties = { ...said(words), author: { ...author }, at, ...where }
  return { kind: "entity_add", entity: { id, kind: "comment", name: nameOf(words.text), scope, properties } }
}

export function editComment(id: string, words: Words, at: number): Operation {
  return { kind: "entity_set", id, name: nameOf(words.text), set: { ...said(words), edited: at } }
}

export function resolveThread(id: string, by: Person, at: number): Operation {
  return { kind: "entity_set", id, set: { resolved: { by: { ...by }, at } } }
}

export function reopenThread(id: string): Operation {
  return { kind: "entity_set", id, unset: ["resolved"] }
}

export function removeComment(id: string): Operation {
  return { kind: "entity_remove", id }
}

function said({ text, mentions }: Words) {
  return { text: text.trim(), mentions: mentions.map(({ id, name }) => ({ id, name })) }
}

/** What the graph calls it: its first words. */
function nameOf(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ")
  return line.length > NAME ? `${line.slice(0, NAME - 1)}…` : line
}
