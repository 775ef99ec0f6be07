import type { Diagnostic } from "@nexus/protocol"
import type { Completion, Fold, OutlineItem, Span, TextEdit } from "@nexus/reactor/language"
import {
  CompletionItemKind,
  DiagnosticSeverity,
  DiagnosticTag,
  InsertTextFormat,
  SymbolKind,
  type CompletionItem as WireCompletion,
  type Diagnostic as WireDiagnostic,
  type FoldingRange as WireFold,
  type Range as WireRange,
  type DocumentSymbol as WireSymbol,
  type TextEdit as WireTextEdit,
} from "vscode-languageserver/node"
import type { TextDocument } from "vscode-languageserver-textdocument"

/** What the language service answers, as the Language Server Protocol says it: lines and UTF-16 columns from 0. */
export function toRange(text: TextDocument, { offset, length }: Span): WireRange {
  return { start: text.positionAt(offset), end: text.positionAt(offset + length) }
}

export function toTextEdit(text: TextDocument, edit: TextEdit): WireTextEdit {
  return { range: toRange(text, edit), newText: edit.text }
}

export function toDiagnostic(text: TextDocument, finding: Diagnostic, errorPage: string): WireDiagnostic {
  const { code, severity, message, range, hint } = finding
  return {
    range: toRange(text, range),
    severity: severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code,
    codeDescription: { href: errorPage },
    source: "nexus",
    message: hint === undefined ? message : `${message}. ${hint}`,
    ...(code.startsWith("unused-") ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  }
}

const COMPLETION_KINDS: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  element: CompletionItemKind.Class,
  attribute: CompletionItemKind.Property,
  event: CompletionItemKind.Event,
  value: CompletionItemKind.Value,
  state: CompletionItemKind.Variable,
  computed: CompletionItemKind.Constant,
  import: CompletionItemKind.Reference,
  handler: CompletionItemKind.Function,
  function: CompletionItemKind.Function,
  method: CompletionItemKind.Method,
  property: CompletionItemKind.Field,
  variable: CompletionItemKind.Variable,
  keyword: CompletionItemKind.Keyword,
}

/** `order` keeps the service's own order, which an editor would sort by name. */
export function toCompletion(
  text: TextDocument,
  completion: Completion,
  order: number,
  snippets: boolean,
): WireCompletion {
  const { label, kind, detail, doc, insert, from, to, stops = [], more } = completion
  const asSnippet = snippets && stops.length > 0
  return {
    label,
    kind: COMPLETION_KINDS[kind],
    detail,
    sortText: String(order).padStart(4, "0"),
    filterText: label,
    insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: {
      range: toRange(text, { offset: from, length: to - from }),
      newText: asSnippet ? toSnippet(insert, stops) : insert,
    },
    ...(doc === "" ? {} : { documentation: { kind: "markdown", value: doc } }),
    ...(more === true && asSnippet ? { command: { title: "More", command: "editor.action.triggerSuggest" } } : {}),
  }
}

/** A snippet's own marks: `${1:word}`, with `$`, `}` and `\` escaped everywhere else. */
function toSnippet(insert: string, stops: readonly Span[]): string {
  let written = ""
  let at = 0
  stops.forEach(({ offset, length }, index) => {
    const word = escapeSnippet(insert.slice(offset, offset + length))
    const stop = index + 1
    written += `${escapeSnippet(insert.slice(at, offset))}\${${word === "" ? stop : `${stop}:${word}`}}`
    at = offset + length
  })
  return written + escapeSnippet(insert.slice(at))
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, (mark) => `\\${mark}`)
}

export function toFold(text: TextDocument, { offset, end, kind }: Fold): WireFold {
  const [start, last] = [text.positionAt(offset), text.positionAt(end)]
  const endLine = kind === "element" && last.line > start.line ? last.line - 1 : last.line
  return { startLine: start.line, endLine, ...(kind === "comment" ? { kind } : {}) }
}

export function toSymbol(text: TextDocument, item: OutlineItem): WireSymbol {
  return {
    name: item.name,
    kind: symbolKind(item.element),
    range: toRange(text, item),
    selectionRange: toRange(text, item.selection),
    children: item.children.map((child) => toSymbol(text, child)),
  }
}

function symbolKind(element: string): SymbolKind {
  switch (element) {
    case "NexusPanel":
      return SymbolKind.Module
    case "Data":
    case "Logic":
    case "View":
      return SymbolKind.Namespace
    case "State":
      return SymbolKind.Variable
    case "Computed":
    case "Import":
      return SymbolKind.Constant
    case "Handler":
      return SymbolKind.Function
    case "Tool":
      return SymbolKind.Method
    case "Lifecycle":
      return SymbolKind.Event
    case "Capability":
      return SymbolKind.Key
    default:
      return SymbolKind.Object
  }
}
