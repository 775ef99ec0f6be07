import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionStatus,
  snippet,
  startCompletion,
} from "@codemirror/autocomplete"
import { EditorView } from "@codemirror/view"
import type { CompletionKind, Completion as Proposal } from "@nexus/reactor/language"
import { sayWithin } from "../words/declared.ts"
import { docToDom } from "./doc-dom.ts"
import { languageOf } from "./nxml-service.ts"

/** CodeMirror's own words for kinds; its icons go by them. */
const TYPES: Readonly<Record<CompletionKind, string>> = {
  element: "class",
  attribute: "property",
  event: "interface",
  value: "enum",
  state: "variable",
  computed: "constant",
  import: "namespace",
  handler: "function",
  function: "function",
  method: "method",
  property: "property",
  variable: "variable",
  keyword: "keyword",
}

/** What may stand at the cursor, as the worker knows it. */
export async function completeNxml({ pos, view, explicit }: CompletionContext): Promise<CompletionResult | null> {
  const found = view && (await languageOf(view)?.ask("completions", { offset: pos }))
  const [first] = found ?? []
  if (!found || !first) return null
  const alike = found.filter(({ from, to }) => from === first.from && to === first.to)
  const written = view.state.sliceDoc(first.from, pos)
  // Between two tags anything could follow; a list that nobody asked for would only be in the way.
  if (!explicit && written === "" && !/[<.$"'{=\s]/.test(view.state.sliceDoc(pos - 1, pos))) return null
  return { from: first.from, to: first.to, options: alike.map(toOption), validFor: /^[\w$]*$/ }
}

/** A list that scrolls takes the focus, so that the keys can scroll it too; CodeMirror leaves that out. */
export const focusableList = EditorView.updateListener.of(({ state, view }) => {
  if (completionStatus(state) !== "active") return
  const list = view.dom.querySelector(".cm-tooltip-autocomplete > ul")
  if (list instanceof HTMLElement) list.tabIndex = 0
})

function toOption(proposal: Proposal, index: number): Completion {
  const { label, kind, detail, doc } = proposal
  return {
    label,
    type: TYPES[kind],
    detail,
    // The service has its reasons for its order; what is typed then decides.
    boost: -Math.min(index, 99) / 100,
    apply: applied(proposal),
    ...(doc === "" ? {} : { info: () => docToDom(sayWithin(doc)) }),
  }
}

function applied({ insert, stops = [], more }: Proposal) {
  const put = stops.length === 0 ? undefined : snippet(template(insert, stops))
  return (view: EditorView, completion: Completion, from: number, to: number) => {
    if (put) put(view, completion, from, to)
    else {
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + insert.length },
        userEvent: "input.complete",
        scrollIntoView: true,
      })
    }
    if (more) startCompletion(view)
  }
}

/** The text with its stops in CodeMirror's way of writing them, the last place to go to included. */
export function template(insert: string, stops: NonNullable<Proposal["stops"]>): string {
  let written = ""
  let from = 0
  for (const [index, { offset, length }] of stops.entries()) {
    const [, open = "", words = "", close = ""] =
      /^([{]*)([^{}]*)([}]*)/.exec(insert.slice(offset, offset + length)) ?? []
    const field = `#{${index + 1}${words === "" ? "" : `:${words}`}}`
    // A field cannot hold braces: those around it stay outside of what is selected.
    written +=
      insert.slice(from, offset) +
      open +
      field +
      close +
      insert.slice(offset + open.length + words.length + close.length, offset + length)
    from = offset + length
  }
  return written + insert.slice(from)
}
