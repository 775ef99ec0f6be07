import { type LanguageDocument, type OtherPanel, openLanguageDocument } from "@nexus/reactor/language"
import type { TextDocuments } from "vscode-languageserver/node"
import type { TextDocument } from "vscode-languageserver-textdocument"

/** A document as the editor has it, and as the language service reads it: the same text. */
export interface OpenDocument {
  readonly text: TextDocument
  readonly read: LanguageDocument
}

/** The documents that are open, each read once a version. */
export class OpenDocuments {
  readonly #texts: TextDocuments<TextDocument>
  readonly #errorPage: (code: string) => string
  readonly #read = new Map<string, { readonly version: number; readonly document: OpenDocument }>()

  constructor(texts: TextDocuments<TextDocument>, errorPage: (code: string) => string) {
    this.#texts = texts
    this.#errorPage = errorPage
    texts.onDidClose(({ document }) => this.#read.delete(document.uri))
  }

  /** The document, unless nobody has opened it. */
  get(uri: string): OpenDocument | undefined {
    const text = this.#texts.get(uri)
    if (text === undefined) return undefined
    const known = this.#read.get(uri)
    if (known?.version === text.version) return known.document
    const others = () => this.#others(uri)
    const read = openLanguageDocument(text.getText(), {
      errorPage: this.#errorPage,
      get panels() {
        return others()
      },
    })
    const document = { text, read }
    this.#read.set(uri, { version: text.version, document })
    return document
  }

  /** The other panels that are open, as far as they can be named. */
  #others(uri: string): OtherPanel[] {
    return this.#texts.all().flatMap((text) => {
      const panel = text.uri === uri ? undefined : this.get(text.uri)?.read.panel
      if (panel === undefined) return []
      const names = [...panel.states.filter(({ secret }) => !secret), ...panel.computed].map(({ name }) => name)
      return [{ title: panel.title, names }]
    })
  }
}
