import type { Binding, Computed, Panel, Reference, State, ViewNode } from "@nexus/protocol"
import { analyseBinding } from "../../expression/analyse.ts"
import { type Inferred, inferExpression, type TypeNames } from "../../expression/infer.ts"
import { kindBit, mayBeWrong } from "../../expression/shape.ts"
import type { TypeFinding } from "../../expression/type-findings.ts"
import {
  ANY,
  BOOLEAN,
  LIST,
  loosened,
  NUMBER,
  OBJECT,
  type ObjectType,
  STRING,
  typeOfValue,
  type ValueType,
} from "../../expression/value-type.ts"
import { sourceOffset, type XmlAttribute, type XmlElement } from "../document.ts"
import { didYouMean } from "../nearest.ts"
import type { Problems } from "../problems.ts"
import { typeOf } from "../read-data.ts"
import type { Local, Locals, TypedUse } from "./locals.ts"
import type { Names } from "./names.ts"

/**
 * Types without annotations: a State has the type it declares and the shape of its default, a Computed what its expression
 * comes to, a loop variable what the list holds. What of it is wrong is a warning, never an error, and only where it is
 * certain: a list or an object that a handler or an event writes may have become any other of its kind.
 */
export function checkTypes(panel: Panel, names: Names): void {
  const types = new PanelTypes(panel, names)
  for (const use of names.typed)
    if (mayBeWrong(use.analysis.shape, types.kinds(use)))
      for (const { findings } of types.infer(use))
        for (const finding of findings) tell(finding, use.attribute, names.problems)
}

/** Does the declaration say a type that there is? What it lacks was told. */
function isTyped(state: XmlElement | undefined): boolean {
  return state !== undefined && typeOf(state) !== undefined
}

/** The types of the names that every expression of a panel sees. */
export function panelTypes(panel: Panel): TypeNames {
  return new PanelTypes(panel, undefined).names
}

/** The same names and those of an Each around: its item is what the list `items` holds. */
export function rowTypes(names: TypeNames, items: string, as: string, index: string | undefined): TypeNames {
  const item = itemType(items, names)
  return (name) => (name === as ? item : name === index ? NUMBER : names(name))
}

/** What the list holds that the text comes to. */
function itemType(text: string, names: TypeNames): ValueType {
  const { lone, errors, expressions } = analyseBinding(text)
  const [list] = expressions
  const type = !lone || errors.length > 0 || list === undefined ? ANY : inferExpression(list, names).type
  return type.kind === "list" ? type.element : ANY
}

/**
 * Asked by values and not by functions given to it: V8 keeps the function last called at a place, and with it everything
 * that it sees, here the whole document, which then grows old for nothing.
 */
class PanelTypes {
  readonly #roots: { readonly [root in Reference["root"]]: ObjectType }
  readonly #panel: Panel
  readonly #declared: Names | undefined

  constructor(panel: Panel, declared: Names | undefined) {
    this.#panel = panel
    this.#declared = declared
    const states = new Map<string, ValueType>()
    let written: ReadonlySet<string> | undefined
    for (const state of panel.states) {
      if (states.has(state.name) || (declared !== undefined && !isTyped(declared.states.get(state.name)))) continue
      const type = typeOfState(state)
      const shown = (type.kind === "list" || type.kind === "object") && type !== LIST && type !== OBJECT
      if (shown) written ??= writtenStates(panel)
      states.set(state.name, shown && written?.has(state.name) === true ? loosened(type) : type)
    }
    const computed = new Map<string, ValueType>()
    this.#roots = {
      $state: { kind: "object", members: states, open: true },
      $computed: { kind: "object", members: computed, open: true },
      $imports: OBJECT,
    }
    for (const declared of panel.computed) this.#addComputed(declared, computed)
  }

  get names(): TypeNames {
    const roots = this.#roots
    return (name) => (name === "$panel" ? PANEL : isRoot(name) ? roots[name] : undefined)
  }

  /** What the expressions come to; kept with them while all names they use have the types they had. */
  infer({ analysis, locals }: Pick<TypedUse, "analysis" | "locals">): readonly Inferred[] {
    const { references, expressions, last } = analysis
    if (locals.length > 0) {
      const names = this.#within(locals)
      return expressions.map((expression) => inferExpression(expression, names))
    }
    if (last !== undefined && this.#areTypes(last.types, references)) return last.inferred
    const inferred = expressions.map((expression) => inferExpression(expression, this.names))
    analysis.last = { types: references.map((reference) => this.#typeOf(reference)), inferred }
    return inferred
  }

  #areTypes(types: readonly (ValueType | undefined)[], references: readonly Reference[]): boolean {
    for (let index = 0; index < references.length; index++)
      if (this.#typeOf(references[index]) !== types[index]) return false
    return true
  }

  #typeOf(reference: Reference | undefined): ValueType | undefined {
    return reference === undefined ? undefined : this.#roots[reference.root].members.get(reference.name)
  }

  /** The kinds of all names that are used, as bits. */
  kinds({ analysis: { references, free }, locals }: TypedUse): number {
    let kinds = 0
    for (const reference of references) kinds |= kindBit(this.#typeOf(reference) ?? ANY)
    for (const { name } of free) kinds |= kindBit(this.#local(name, locals) ?? ANY)
    return kinds
  }

  #within(locals: Locals): TypeNames {
    return (name) => this.#local(name, locals) ?? this.names(name)
  }

  #local(name: string, locals: Locals): ValueType | undefined {
    for (const local of locals) {
      if (local.name !== name) continue
      if (local.counts) return NUMBER
      return local.rows === undefined ? ANY : this.#rowType(local.rows)
    }
    return undefined
  }

  #rowType(rows: NonNullable<Local["rows"]>): ValueType {
    rows.type ??= itemType(rows.list, this.#within(rows.locals))
    return rows.type
  }

  /** The computed values it reads come first; one that needs itself is of any type. */
  #addComputed({ name, value }: Computed, types: Map<string, ValueType>): void {
    if (types.has(name)) return
    types.set(name, ANY)
    for (const { root, name: other } of value.references) {
      if (root !== "$computed") continue
      const declared = this.#panel.computed.find((computed) => computed.name === other)
      if (declared !== undefined) this.#addComputed(declared, types)
    }
    const analysis = this.#declared?.computedUses.get(name)?.analysis ?? analyseBinding(value.text)
    if (analysis.errors.length > 0) return
    types.set(name, analysis.lone ? (this.infer({ analysis, locals: NO_LOCALS })[0]?.type ?? ANY) : STRING)
  }
}

const NO_LOCALS: Locals = []

function isRoot(name: string): name is Reference["root"] {
  return name === "$state" || name === "$computed" || name === "$imports"
}

const PANEL: ValueType = {
  kind: "object",
  members: new Map([
    ["id", STRING],
    ["title", STRING],
    ["version", STRING],
    ["description", STRING],
  ]),
  open: true,
}

function typeOfState({ type, initial }: State): ValueType {
  if (type === "string") return STRING
  if (type === "number") return NUMBER
  if (type === "boolean") return BOOLEAN
  if (type === "list") return Array.isArray(initial) && initial.length > 0 ? typeOfValue(initial) : LIST
  return typeof initial === "object" && initial !== null ? typeOfValue(initial) : OBJECT
}

/** The states that handlers and assignments write; `bind` writes only what is there. */
function writtenStates(panel: Panel): ReadonlySet<string> {
  const written = new Set<string>()
  const note = ({ references }: Pick<Binding, "references">) => {
    for (const { root, name, write } of references) if (write && root === "$state") written.add(name)
  }
  const look = (node: ViewNode) => {
    for (const name of Object.keys(node.attributes)) {
      const binding = node.attributes[name]
      if (binding !== undefined && isEvent(name)) note(binding)
    }
    for (const child of node.children) look(child)
  }
  for (const handler of panel.handlers) note(handler)
  for (const node of panel.view) look(node)
  return written
}

function tell(finding: TypeFinding, attribute: XmlAttribute, problems: Problems): void {
  const { code, at, length, message, hint, candidates, instead } = finding
  const start = sourceOffset(problems.source, attribute, at)
  const end = sourceOffset(problems.source, attribute, at + length)
  problems.add(code, start, end - start, message, {
    hint,
    ...(candidates === undefined ? {} : didYouMean(attribute.value.slice(at, at + length), candidates)),
    ...(instead === undefined ? {} : { fix: { text: instead, label: `Write ${instead}` } }),
  })
}

function isEvent(attribute: string): boolean {
  const third = attribute.charCodeAt(2)
  return third >= 65 && third <= 90 && attribute.startsWith("on")
}
