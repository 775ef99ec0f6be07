import {
  type LanguageDocument,
  type OutlineItem,
  openLanguageDocument,
  type TextEdit,
  type Token,
} from "@nexus/reactor/language"
import type { Answers, Crumb, FromWorker, Question, Reading, Stretch, ToWorker } from "./messages.ts"

export interface AnswererOptions {
  readonly post: (message: FromWorker) => void
  /** Runs `work` when everything that has arrived was taken; the worker's event loop does. */
  readonly later: (work: () => void) => void
}

/**
 * The worker's side of one text. It reads when nothing more is on its way, so a burst of keys is read once, at its end; a
 * question about the newest text reads at once, and one about an older text is answered with nothing.
 */
export function createAnswerer({ post, later }: AnswererOptions): (message: ToWorker) => void {
  let source = ""
  let version = -1
  let options: Parameters<typeof openLanguageDocument>[1] = {}
  let document: LanguageDocument | undefined
  let told = -1
  let seen: Stretch = { from: 0, to: FIRST_SCREEN }

  const read = () => {
    document ??= openLanguageDocument(source, options)
    return document
  }
  const tell = () => {
    if (told === version) return
    told = version
    post({ kind: "read", version, reading: readingOf(read(), seen) })
  }

  return (message) => {
    if (message.kind === "ask") {
      const { id, question } = message
      try {
        post({ kind: "answer", id, answer: message.version === version ? answer(read(), question, seen) : undefined })
      } catch (error) {
        post({ kind: "failed", id, message: `${question.of}: ${String(error)}` })
      }
      return
    }
    source = message.kind === "open" ? message.source : withEdits(source, message.edits)
    if (message.kind === "open") {
      const { components, panels } = message.around
      options = { components: new Map(components.map((component) => [component.name, component])), panels }
    }
    version = message.version
    if (message.kind === "edit") seen = message.seen
    document = undefined
    later(tell)
  }
}

/** How much of a text that was just opened can be on the screen. */
const FIRST_SCREEN = 8000

function readingOf(document: LanguageDocument, { from, to }: Stretch): Reading {
  const diagnostics = document.diagnostics()
  const works = document.panel !== undefined && diagnostics.every(({ severity }) => severity !== "error")
  return { diagnostics, works, tokens: tokensIn(document.tokens(), from, to) }
}

function answer(document: LanguageDocument, question: Question, seen: Stretch): Answers[keyof Answers] {
  const { offset } = question
  switch (question.of) {
    case "completions":
      return document.completions(offset)
    case "hover":
      return document.hover(offset)
    case "definition":
      return document.definition(offset)
    case "references":
      return document.references(offset)
    case "renameable":
      return document.renameable(offset)
    case "rename":
      return document.rename(offset, question.name ?? "")
    case "fixes":
      return document.fixes(offset, (question.to ?? offset) - offset)
    case "format":
      return document.format()
    case "tokens":
      return tokensIn(document.tokens(), offset, question.to ?? offset)
    case "folds":
      return document.folds()
    case "reading":
      return readingOf(document, seen)
    case "panel":
      return document.panel
    case "crumbs":
      return crumbsAt(document.outline(), offset)
  }
}

/** The elements around a place, outermost first. */
function crumbsAt(items: readonly OutlineItem[], at: number): Crumb[] {
  const around = items.find(({ offset, length }) => at > offset && at < offset + length)
  if (!around) return []
  const { name, element, offset, children } = around
  return [{ name, element, offset }, ...crumbsAt(children, at)]
}

/** The tokens that touch a stretch of the text; they stand in the order of the text. */
export function tokensIn(tokens: readonly Token[], from: number, to: number): readonly Token[] {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    const token = tokens[middle]
    if (token && token.offset + token.length < from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < tokens.length && (tokens[end]?.offset ?? to) < to) end += 1
  return tokens.slice(low, end)
}

/** The text after edits that were given in its order and count in the text before them. */
export function withEdits(source: string, edits: readonly TextEdit[]): string {
  let result = ""
  let from = 0
  for (const { offset, length, text } of edits) {
    result += source.slice(from, offset) + text
    from = offset + length
  }
  return result + source.slice(from)
}
