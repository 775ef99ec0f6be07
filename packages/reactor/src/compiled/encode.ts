import { type Binding, components, NexusError, type Panel, type ViewNode } from "@nexus/protocol"
import { parseBinding } from "../expression/binding.ts"
import { parsePath, parseStatements } from "../expression/statements.ts"
import { ExpressionError } from "../expression/syntax.ts"
import { parsePanel } from "../nxml/to-panel.ts"
import type { Components, PanelOptions } from "../nxml/vocabulary.ts"
import { hashOf, wrapContent } from "./container.ts"
import { panelRows, type Row } from "./panel-rows.ts"
import { partsRow, statementsRow, treeRow } from "./tree-rows.ts"

export interface EncodeOptions extends PanelOptions {
  /**
   * Without it the file cannot become NXML again, shows no handler's code and says nothing of places in the source: what
   * a viewer needs. A print from the Panel was refused: it would lose comments, order and spelling.
   */
  readonly withSource?: boolean
  /** What failures call it. */
  readonly name?: string
}

/** The compiled form of a panel, `.nxb`. Throws `panel-invalid` for a source with errors. */
export function encodePanel(source: string, options: EncodeOptions = {}): Uint8Array {
  const { withSource = true, name = "This panel", ...reading } = options
  const { panel, diagnostics } = parsePanel(source, reading)
  const errors = diagnostics.filter(({ severity }) => severity === "error")
  const [first] = errors
  if (!panel || first) {
    const { line, column } = first?.range ?? {}
    const message = first?.message ?? "there is no NexusPanel element"
    throw new NexusError({ code: "panel-invalid", panel: name, errors: errors.length, first: message, line, column })
  }
  const trees = treesOf(panel, reading.components)
  const of = hashOf(source)
  const rows = panelRows(withSource ? panel : forViewers(panel), withSource)
  const head = [rows, of, ...trees.map((kind) => [...kind.keys()])]
  const lines: unknown[] = [head, ...trees.flatMap((kind) => [...kind.values()])]
  if (withSource) lines.push(source)
  return wrapContent(lines.map((line) => JSON.stringify(line)).join("\n"))
}

const EMPTY = { string: "", number: 0, boolean: false, list: [], object: {} }

/** A panel without what a viewer must not know: the code of handlers, and what secrets start with. */
function forViewers(panel: Panel): Panel {
  return {
    ...panel,
    states: panel.states.map((state) => (state.secret ? { ...state, initial: EMPTY[state.type] } : state)),
    handlers: panel.handlers.map((handler) => ({ ...handler, source: "" })),
  }
}

/** The trees, by their texts, of all that painting and running this panel may ask for: bindings, statements, paths. */
function treesOf(panel: Panel, packaged?: Components): readonly ReadonlyMap<string, Row>[] {
  const bindings = new Map<string, Row>()
  const statements = new Map<string, Row>()
  const paths = new Map<string, Row>()
  const binding = (text: string) => {
    if (text.includes("{")) bindings.set(text, partsRow(parseBinding(text).parts))
  }
  const path = (text: string) => {
    try {
      paths.set(text, treeRow(parsePath(text)))
    } catch (error) {
      // A list that is the result of an expression stands nowhere: whoever asks for its place is told so.
      if (!(error instanceof ExpressionError)) throw error
    }
  }
  const attribute = (node: ViewNode, name: string, { text }: Binding) => {
    const events = (components.get(node.element) ?? packaged?.get(node.element))?.events ?? {}
    if (name === "bind") {
      binding(`{${text}}`)
      statements.set(`${text} = $event`, statementsRow(parseStatements(`${text} = $event`)))
      path(text)
    } else if (Object.hasOwn(events, name)) statements.set(text, statementsRow(parseStatements(text)))
    else binding(text)
    if (node.element === "Each" && name === "items") path(text.trim().replace(/^\{|\}$/g, ""))
  }
  const visit = (node: ViewNode) => {
    for (const [name, value] of Object.entries(node.attributes)) attribute(node, name, value)
    for (const child of node.children) visit(child)
  }
  for (const { value } of panel.computed) binding(value.text)
  for (const { watch } of panel.lifecycles) if (watch) binding(watch.text)
  for (const node of panel.view) visit(node)
  return [bindings, statements, paths]
}
