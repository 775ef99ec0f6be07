import type { Person } from "@nexus/protocol"

/** What is being typed after an "@": what it says so far, and where the "@" stands. */
export interface MentionTyped {
  readonly query: string
  readonly start: number
}

const TYPED = /(?:^|[\s(])@([\p{L}\p{N}._-]*(?: [\p{L}\p{N}._-]*)?)$/u

/** The mention that the caret stands in; a name may have a space in it. */
export function mentionAt(text: string, caret: number): MentionTyped | undefined {
  const [, query] = TYPED.exec(text.slice(0, caret)) ?? []
  return query === undefined ? undefined : { query, start: caret - query.length - 1 }
}

export function matching(people: readonly Person[], query: string): readonly Person[] {
  const wanted = query.toLocaleLowerCase()
  return people.filter(({ name }) =>
    [name, ...name.split(/\s+/)].some((part) => part.toLocaleLowerCase().startsWith(wanted)),
  )
}

export interface Piece {
  readonly at: number
  readonly text: string
  readonly person?: Person
}

/** The text in pieces: words, and names that are called. A longer name is found before one that it begins with. */
export function piecesOf(text: string, people: readonly Person[]): readonly Piece[] {
  const named = [...people].sort((a, b) => b.name.length - a.name.length)
  const pieces: Piece[] = []
  let start = 0
  let at = text.indexOf("@")
  while (at >= 0) {
    const person = named.find(({ name }) => text.startsWith(`@${name}`, at) && endsThere(text, at + 1 + name.length))
    if (person) {
      if (at > start) pieces.push({ at: start, text: text.slice(start, at) })
      pieces.push({ at, text: `@${person.name}`, person })
      start = at + 1 + person.name.length
    }
    at = text.indexOf("@", Math.max(at + 1, start))
  }
  if (start < text.length) pieces.push({ at: start, text: text.slice(start) })
  return pieces
}

/** Whom a text calls, each once. */
export function mentionsIn(text: string, people: readonly Person[]): readonly Person[] {
  const found = piecesOf(text, people).flatMap(({ person }) => (person ? [person] : []))
  return [...new Map(found.map((person) => [person.id, person])).values()]
}

function endsThere(text: string, at: number): boolean {
  return !/[\p{L}\p{N}_]/u.test(text.charAt(at))
}
