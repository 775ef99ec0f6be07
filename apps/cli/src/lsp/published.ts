import type { Connection } from "vscode-languageserver/node"
import type { OpenDocuments } from "./open-documents.ts"
import { toDiagnostic } from "./to-protocol.ts"

/** How long somebody must have stopped typing before what is wrong is told. */
const PAUSE_MS = 120

/** Tells the editor what is wrong with each document, for the version that it is read from, once typing pauses. */
export class Published {
  readonly #connection: Connection
  readonly #documents: OpenDocuments
  readonly #errorPage: (code: string) => string
  readonly #waiting = new Map<string, NodeJS.Timeout>()

  constructor(connection: Connection, documents: OpenDocuments, errorPage: (code: string) => string) {
    this.#connection = connection
    this.#documents = documents
    this.#errorPage = errorPage
  }

  changed(uri: string): void {
    clearTimeout(this.#waiting.get(uri))
    this.#waiting.set(
      uri,
      setTimeout(() => this.#publish(uri), PAUSE_MS),
    )
  }

  closed(uri: string): void {
    clearTimeout(this.#waiting.get(uri))
    this.#waiting.delete(uri)
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] })
  }

  close(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer)
    this.#waiting.clear()
  }

  #publish(uri: string): void {
    this.#waiting.delete(uri)
    const open = this.#documents.get(uri)
    if (open === undefined) return
    const { text, read } = open
    const diagnostics = read.diagnostics().map((finding) => toDiagnostic(text, finding, this.#errorPage(finding.code)))
    void this.#connection.sendDiagnostics({ uri, version: text.version, diagnostics })
  }
}
