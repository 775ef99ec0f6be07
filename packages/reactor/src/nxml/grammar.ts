import { EmbeddedActionsParser, type IToken } from "chevrotain"
import type { XmlDocument } from "./document.ts"
import type { Problems } from "./problems.ts"
import type { ScannedTag } from "./tag.ts"
import {
  CData,
  CloseTag,
  Comment,
  Declaration,
  Instruction,
  lexer,
  OpenTag,
  type ScannedAside,
  type ScannedClose,
  Text,
  TOKENS,
} from "./tokens.ts"
import { Tree } from "./tree.ts"
import { type Components, componentsWith } from "./vocabulary.ts"

/**
 * The grammar is a flat stream: a document is any row of tags, texts and asides, and the nesting is the work of `Tree`
 * with its own stack. A recursive `element` rule overflows the stack at depth 2,000 and gives up its whole element when
 * one tag is wrong; here no input is ungrammatical, so every mistake is found and none hides the rest.
 */
class NxmlParser extends EmbeddedActionsParser {
  /** Absent while Chevrotain records the grammar. */
  tree: Tree | undefined

  constructor() {
    super(TOKENS, { maxLookahead: 1, recoveryEnabled: false })
    this.performSelfAnalysis()
  }

  readonly #alternatives = [
    { ALT: () => this.#openTag() },
    { ALT: () => this.#text() },
    { ALT: () => this.#closeTag() },
    { ALT: () => this.#aside(this.CONSUME(Comment), "comment") },
    { ALT: () => this.#aside(this.CONSUME(CData), "cdata") },
    { ALT: () => this.#aside(this.CONSUME(Instruction), "instruction") },
    { ALT: () => this.#declaration() },
  ]

  readonly document = this.RULE("document", () => {
    this.MANY(() => this.OR(this.#alternatives))
  })

  #openTag(): void {
    const token = this.CONSUME(OpenTag)
    this.tree?.open(token.payload as ScannedTag)
  }

  #closeTag(): void {
    const token = this.CONSUME(CloseTag)
    this.tree?.close(token.payload as ScannedClose, token.startOffset, token.startOffset + token.image.length)
  }

  #text(): void {
    const token = this.CONSUME(Text)
    this.tree?.text(token.startOffset, token.startOffset + token.image.length)
  }

  #aside(token: IToken, kind: "comment" | "cdata" | "instruction"): void {
    const end = token.startOffset + token.image.length
    this.tree?.aside(kind, token.startOffset, end, (token.payload as ScannedAside).complete)
  }

  #declaration(): void {
    const token = this.CONSUME(Declaration)
    this.tree?.declaration(token.startOffset, token.startOffset + token.image.length)
  }
}

const parser = new NxmlParser()

/** Reads any text into a tree; what is wrong goes to `problems`. */
export function parseDocument(
  source: string,
  problems: Problems,
  components: Components = componentsWith(undefined),
): XmlDocument {
  const tree = new Tree(source, problems, components)
  parser.tree = tree
  parser.input = lexer.tokenize(source).tokens
  parser.document()
  parser.tree = undefined
  return tree.finish()
}
