import type { Span, TextEdit } from "@nexus/reactor/language"
import {
  CodeActionKind,
  createConnection,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  type Position,
  ResponseError,
  type TextDocumentPositionParams,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node"
import { TextDocument } from "vscode-languageserver-textdocument"
import { type OpenDocument, OpenDocuments } from "./open-documents.ts"
import { Published } from "./published.ts"
import { LEGEND, toSemanticTokens } from "./semantic-tokens.ts"
import { toCompletion, toDiagnostic, toFold, toRange, toSymbol, toTextEdit } from "./to-protocol.ts"

/** What the server is told from outside: where it is spoken to, and where a code's page is. */
export interface LanguageServerOptions {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  readonly errorPage: (code: string) => string
}

/**
 * The language service as a language server. Every answer is the service's, turned into lines and columns; nothing of the
 * language is known here. A document that is not open, or a place outside of it, is answered with nothing.
 */
export function startLanguageServer({ input, output, errorPage }: LanguageServerOptions): { close(): void } {
  const connection = createConnection(input, output)
  const texts = new TextDocuments(TextDocument)
  const documents = new OpenDocuments(texts, errorPage)
  const published = new Published(connection, documents, errorPage)
  let snippets = false

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    snippets = params.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true
    return { capabilities: CAPABILITIES, serverInfo: { name: "nexus" } }
  })
  texts.onDidChangeContent(({ document }) => published.changed(document.uri))
  texts.onDidClose(({ document }) => published.closed(document.uri))

  const at = <Answer>(
    { textDocument, position }: TextDocumentPositionParams,
    answer: (open: OpenDocument, offset: number) => Answer,
  ): Answer | null => {
    const open = documents.get(textDocument.uri)
    return open === undefined ? null : answer(open, offsetOf(open, position))
  }
  const of = <Answer>(uri: string, answer: (open: OpenDocument) => Answer): Answer | null => {
    const open = documents.get(uri)
    return open === undefined ? null : answer(open)
  }

  connection.onCompletion((params) =>
    at(params, ({ text, read }, offset) =>
      read.completions(offset).map((completion, order) => toCompletion(text, completion, order, snippets)),
    ),
  )
  connection.onHover((params) =>
    at(params, ({ text, read }, offset) => {
      const hover = read.hover(offset)
      return hover === undefined
        ? null
        : { contents: { kind: "markdown" as const, value: hover.text }, range: toRange(text, hover) }
    }),
  )
  connection.onDefinition((params) =>
    at(params, ({ text, read }, offset) => locations(text, [read.definition(offset)])[0] ?? null),
  )
  connection.onReferences((params) =>
    at(params, ({ text, read }, offset) => {
      const { includeDeclaration } = params.context
      const places = read.references(offset).filter(({ use }) => includeDeclaration || use !== "declare")
      return locations(text, places)
    }),
  )
  connection.onDocumentHighlight((params) =>
    at(params, ({ text, read }, offset) =>
      read.references(offset).map((place) => ({ range: toRange(text, place), kind: place.use === "read" ? 2 : 3 })),
    ),
  )
  connection.onPrepareRename((params) =>
    at(params, ({ text, read }, offset) => {
      const found = read.renameable(offset)
      return found === undefined ? null : { range: toRange(text, found), placeholder: found.name }
    }),
  )
  connection.onRenameRequest((params) =>
    at(params, ({ text, read }, offset) => {
      const edits = read.rename(offset, params.newName)
      if (typeof edits === "string") throw new ResponseError(LSPErrorCodes.RequestFailed, edits)
      return { changes: { [text.uri]: edits.map((edit) => toTextEdit(text, edit)) } }
    }),
  )
  connection.onCodeAction(({ textDocument, range, context: { only } }) =>
    of(textDocument.uri, (open) => {
      const { text, read } = open
      const offset = offsetOf(open, range.start)
      const edit = (edits: readonly TextEdit[]) => ({
        changes: { [text.uri]: edits.map((edit) => toTextEdit(text, edit)) },
      })
      const fixes = read.fixes(offset, offsetOf(open, range.end) - offset).map((fix) => ({
        title: fix.label,
        kind: CodeActionKind.QuickFix,
        isPreferred: fix.preferred,
        diagnostics: [toDiagnostic(text, fix.of, errorPage(fix.of.code))],
        edit: edit(fix.edits),
      }))
      const refactors = read
        .refactors(offset)
        .map(({ label, edits }) => ({ title: label, kind: CodeActionKind.RefactorRewrite, edit: edit(edits) }))
      return [...fixes, ...refactors].filter(
        ({ kind }) => only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`)),
      )
    }),
  )
  connection.onDocumentFormatting(({ textDocument }) =>
    of(textDocument.uri, ({ text, read }) => read.format().map((edit) => toTextEdit(text, edit))),
  )
  connection.onFoldingRanges(({ textDocument }) =>
    of(textDocument.uri, ({ text, read }) => read.folds().map((fold) => toFold(text, fold))),
  )
  connection.onDocumentSymbol(({ textDocument }) =>
    of(textDocument.uri, ({ text, read }) => read.outline().map((item) => toSymbol(text, item))),
  )
  connection.onSelectionRanges(({ textDocument, positions }) =>
    of(textDocument.uri, (open) => positions.map((position) => grown(open, position))),
  )
  connection.languages.semanticTokens.on(
    ({ textDocument }) =>
      of(textDocument.uri, ({ text, read }) => toSemanticTokens(text, read.tokens())) ?? { data: [] },
  )

  texts.listen(connection)
  connection.listen()
  return {
    close: () => {
      published.close()
      connection.dispose()
    },
  }
}

const CAPABILITIES: InitializeResult["capabilities"] = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  completionProvider: { triggerCharacters: ["<", "/", ".", "{", '"', "'", " ", "$"] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
  documentFormattingProvider: true,
  foldingRangeProvider: true,
  documentSymbolProvider: true,
  selectionRangeProvider: true,
  semanticTokensProvider: { legend: LEGEND, full: true },
}

/** A place outside of the text is the nearest inside. */
function offsetOf({ text }: OpenDocument, position: Position): number {
  return text.offsetAt(position)
}

function locations(text: TextDocument, spans: readonly (Span | undefined)[]) {
  return spans.flatMap((span) => (span === undefined ? [] : [{ uri: text.uri, range: toRange(text, span) }]))
}

interface Grown {
  readonly range: ReturnType<typeof toRange>
  readonly parent?: Grown
}

/** The innermost stretch around the place, each with the next larger one as its parent. */
function grown({ text, read }: OpenDocument, position: Position): Grown {
  const spans = read.selections(text.offsetAt(position))
  let around: Grown | undefined
  for (const span of [...spans].reverse())
    around = around === undefined ? { range: toRange(text, span) } : { range: toRange(text, span), parent: around }
  return around ?? { range: { start: position, end: position } }
}
