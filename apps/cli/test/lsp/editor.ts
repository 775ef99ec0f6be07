import { type ChildProcess, spawn } from "node:child_process"
import { resolve } from "node:path"
import {
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type Range,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
} from "vscode-languageserver-protocol/node"
import { TextDocument } from "vscode-languageserver-textdocument"

const root = resolve(import.meta.dirname, "../../../..")

/** A small editor: one document, kept the way an editor keeps it, and the server in a process of its own. */
export interface Editor {
  readonly server: ChildProcess
  readonly connection: ProtocolConnection
  readonly initialized: InitializeResult
  readonly uri: string
  text(): string
  /** The place behind the first `before`. */
  behind(before: string): Position
  /** Types: replaces a stretch, and tells the server only that. */
  type(range: Range, text: string): Promise<void>
  apply(edits: readonly TextEdit[]): string
  slice(range: Range): string
  /** What is wrong with the version that is now open. */
  diagnostics(): Promise<readonly Diagnostic[]>
  /** Shuts down as the protocol says; the exit code. */
  close(): Promise<number | null>
}

export async function openEditor(source: string): Promise<Editor> {
  const server = spawn(process.execPath, ["apps/cli/bin/nexus.js", "lsp", "--stdio"], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  })
  const ended = new Promise<number | null>((done) => server.once("exit", (code) => done(code)))
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  )
  const published = new Map<number, readonly Diagnostic[]>()
  let wake = () => {}
  connection.onNotification(PublishDiagnosticsNotification.type, ({ version, diagnostics }) => {
    if (version !== undefined) published.set(version, diagnostics)
    wake()
  })
  connection.listen()
  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      textDocument: { completion: { completionItem: { snippetSupport: true } } },
    },
  })
  await connection.sendNotification(InitializedNotification.type, {})
  const uri = "file:///panels/test/panel.nxml"
  let document = TextDocument.create(uri, "nxml", 1, source)
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: "nxml", version: 1, text: source },
  })
  return {
    server,
    connection,
    initialized,
    uri,
    text: () => document.getText(),
    behind: (before) => {
      const at = document.getText().indexOf(before)
      if (at < 0) throw new Error(`"${before}" is not in the document`)
      return document.positionAt(at + before.length)
    },
    type: async (range, text) => {
      const version = document.version + 1
      document = TextDocument.update(document, [{ range, text }], version)
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ range, text }],
      })
    },
    apply: (edits) => TextDocument.applyEdits(document, [...edits]),
    slice: (range) => document.getText(range),
    diagnostics: async () => {
      for (;;) {
        const found = published.get(document.version)
        if (found !== undefined) return found
        await new Promise<void>((resume) => {
          wake = resume
        })
      }
    },
    close: async () => {
      await connection.sendRequest(ShutdownRequest.type)
      await connection.sendNotification(ExitNotification.type)
      const code = await ended
      connection.dispose()
      return code
    },
  }
}
