import { indentService } from "@codemirror/language"
import { EditorSelection, EditorState, type Extension, type Text } from "@codemirror/state"
import { type Command, EditorView, keymap } from "@codemirror/view"

/**
 * What typing NXML feels like: tags close themselves, Enter keeps the indent, comments are those of the place. Decided by
 * the few characters before the cursor. A parser on the page was refused: it reads the document anew when a quote is
 * typed in the middle, and the person waits for it; everything that needs a parser is the worker's.
 */
export function nxmlTyping(): Extension {
  return [
    EditorView.inputHandler.of(closeTag),
    indentService.of(({ state, unit }, pos) => indentAt(state, pos, unit)),
    EditorState.languageData.of((state, pos) => [inScript(state.doc, pos) ? SCRIPT : MARKUP]),
    keymap.of([{ key: "Enter", run: breakBetweenTags }]),
  ]
}

const BRACKETS = { closeBrackets: { brackets: ["(", "[", "{", "'", '"'] } }
const SCRIPT = { ...BRACKETS, commentTokens: { line: "//", block: { open: "/*", close: "*/" } } }
const MARKUP = {
  ...BRACKETS,
  commentTokens: { block: { open: "<!--", close: "-->" } },
  indentOnInput: /^\s*<\/$/,
}

/** How far back a tag or a handler may begin. */
const REACH = 4000

/** Does the place stand in a handler's JavaScript? */
function inScript(doc: Text, pos: number): boolean {
  const before = doc.sliceString(Math.max(0, pos - REACH), pos)
  return before.lastIndexOf("<Handler") > before.lastIndexOf("</Handler")
}

const OPEN_TAG = /<([A-Za-z][\w.:-]*)(?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*$/

/** `>` behind an opening tag writes the closing one as well. */
function closeTag(view: EditorView, from: number, to: number, text: string): boolean {
  if (text !== ">" || view.state.readOnly || from !== to) return false
  const { doc } = view.state
  const [, name] = OPEN_TAG.exec(doc.sliceString(Math.max(0, from - REACH), from)) ?? []
  if (name === undefined || (name !== "Handler" && inScript(doc, from))) return false
  if (doc.sliceString(from, from + name.length + 2) === `</${name}`) return false
  view.dispatch({
    changes: { from, insert: `></${name}>` },
    selection: EditorSelection.cursor(from + 1),
    userEvent: "input.complete",
  })
  return true
}

/** An opening tag, or a bracket, at the end of a line: what follows stands one step further in. */
const OPENS = /(?:<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*[^/<>]>|<[A-Za-z]>|[{([])\s*$/
const CLOSES = /^\s*(?:<\/|[})\]])/

function indentAt(state: EditorState, pos: number, unit: number): number {
  const line = state.doc.lineAt(pos)
  const rest = pos > line.from ? state.doc.sliceString(pos, line.to) : line.text
  let above = pos > line.from ? line.number : line.number - 1
  const textAbove = () => {
    const { from, text } = state.doc.line(above)
    return from === line.from ? text.slice(0, pos - from) : text
  }
  while (above > 1 && textAbove().trim() === "") above -= 1
  if (above < 1) return 0
  const before = textAbove()
  const indent = before.length - before.trimStart().length
  return Math.max(0, indent + (OPENS.test(before) ? unit : 0) - (CLOSES.test(rest) ? unit : 0))
}

/** Enter between a tag and its end opens a line of its own for what comes between. */
const breakBetweenTags: Command = ({ state, dispatch }) => {
  const { main } = state.selection
  const line = state.doc.lineAt(main.head)
  const before = line.text.slice(0, main.head - line.from)
  if (
    state.readOnly ||
    !main.empty ||
    !/<[A-Za-z][^<>]*>$/.test(before) ||
    state.sliceDoc(main.head, main.head + 2) !== "</"
  ) {
    return false
  }
  const outer = before.slice(0, before.length - before.trimStart().length)
  const inner = `\n${outer}  `
  dispatch(
    state.update({
      changes: { from: main.head, insert: `${inner}\n${outer}` },
      selection: EditorSelection.cursor(main.head + inner.length),
      userEvent: "input",
      scrollIntoView: true,
    }),
  )
  return true
}
