import { type CommentEntity, type Entity, type Graph, isComment } from "@nexus/protocol"

/** One conversation: what was said first, and the answers to it, the oldest first. */
export interface Thread {
  readonly id: string
  readonly first: CommentEntity
  readonly answers: readonly CommentEntity[]
  /** The panel it is about; a thread without one is pinned to the canvas. */
  readonly panel: string | undefined
}

export type ThreadFilter = "open" | "unread" | "mentions" | "mine" | "resolved"

/** Entities are immutable, so each is looked at once. */
const checked = new WeakMap<Entity, boolean>()

export function commentsIn(graph: Graph): readonly CommentEntity[] {
  return [...graph.ofKind("comment")].filter(isKnownComment)
}

function isKnownComment(entity: Entity): entity is CommentEntity {
  const known = checked.get(entity) ?? isComment(entity)
  checked.set(entity, known)
  return known
}

/** The threads that these comments make, the newest word first. */
export function toThreads(comments: readonly CommentEntity[], graph: Graph): readonly Thread[] {
  const byScope = new Map<string, CommentEntity[]>()
  for (const comment of comments) byScope.set(comment.scope, [...(byScope.get(comment.scope) ?? []), comment])
  return comments
    .filter(({ scope }) => graph.entity(scope)?.kind !== "comment")
    .map((first) => ({
      id: first.id,
      first,
      answers: (byScope.get(first.id) ?? []).sort((a, b) => a.properties.at - b.properties.at),
      panel: graph.panel(first.scope)?.id,
    }))
    .sort((a, b) => lastWord(b).properties.at - lastWord(a).properties.at)
}

export function wordsOf({ first, answers }: Thread): readonly CommentEntity[] {
  return [first, ...answers]
}

export function lastWord({ first, answers }: Thread): CommentEntity {
  return answers.at(-1) ?? first
}

/** What others said and this person has not had on screen. */
export function unreadIn(thread: Thread, self: string, read: ReadonlySet<string>): readonly CommentEntity[] {
  return wordsOf(thread).filter(({ id, properties }) => properties.author.id !== self && !read.has(id))
}

export function calls({ properties }: CommentEntity, self: string): boolean {
  return properties.author.id !== self && properties.mentions.some(({ id }) => id === self)
}

/** Comments that call this person and were not read. */
export function unreadMentions(
  comments: readonly CommentEntity[],
  self: string,
  read: ReadonlySet<string>,
): readonly CommentEntity[] {
  return comments.filter((comment) => calls(comment, self) && !read.has(comment.id))
}

export function filterThreads(
  threads: readonly Thread[],
  filter: ThreadFilter,
  self: string,
  read: ReadonlySet<string>,
): readonly Thread[] {
  return threads.filter((thread) => FITS[filter](thread, self, read))
}

type Fits = (thread: Thread, self: string, read: ReadonlySet<string>) => boolean

const FITS: Readonly<Record<ThreadFilter, Fits>> = {
  open: ({ first }) => first.properties.resolved === undefined,
  resolved: ({ first }) => first.properties.resolved !== undefined,
  unread: (thread, self, read) => unreadIn(thread, self, read).length > 0,
  mentions: (thread, self) => wordsOf(thread).some((word) => calls(word, self)),
  mine: (thread, self) => wordsOf(thread).some(({ properties }) => properties.author.id === self),
}
