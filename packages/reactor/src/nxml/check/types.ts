import type { Binding, Computed, Panel, State, ViewNode } from "@nexus/protocol"
import { type Analysis, analyseBinding, analyseStatements } from "../../expression/analyse.ts"
import { type Inferred, inferExpression, type TypeNames } from "../../expression/infer.ts"
import type { Expression } from "../../expression/syntax.ts"
import type { TypeFinding } from "../../expression/type-findings.ts"
import {
  ANY,
  BOOLEAN,
  LIST,
  loosened,
  NUMBER,
  OBJECT,
  STRING,
  typeOfValue,
  type ValueType,
} from "../../expression/value-type.ts"
import { sourceOffset } from "../document.ts"
import { didYouMean } from "../nearest.ts"
import type { Problems } from "../problems.ts"

/**
 * Types without annotations: a State has the type it declares and the shape of its default, a Computed what its expression
 * comes to, a loop variable what the list holds. What of it is wrong is a warning, never an error, and only where it is
 * certain: a list or an object that a handler or an event writes may have become any other of its kind.
 */
export function checkTypes(panel: Panel, problems: Problems, isTyped: (state: string) => boolean): void {
  const types = new PanelTypes(panel, isTyped)
  const check = new TypeCheck(problems)
  for (const { value } of panel.computed) check.tell(value, types.inferred(value), 0)
  for (const { watch } of panel.lifecycles) if (watch !== undefined) check.binding(watch, types.names)
  for (const node of panel.view) check.node(node, types.names)
}

/** The types of the names that every expression of a panel sees. */
export function panelTypes(panel: Panel): TypeNames {
  return new PanelTypes(panel, () => true).names
}

/** The same names and those of an Each around: its item is what the list `items` holds. */
export function rowTypes(names: TypeNames, items: string, as: string, index: string | undefined): TypeNames {
  const { lone, errors, expressions } = analyseBinding(items)
  const [list] = expressions
  const type = !lone || errors.length > 0 || list === undefined ? ANY : inferExpression(list, names).type
  const item = type.kind === "list" ? type.element : ANY
  return (name) => (name === as ? item : name === index ? NUMBER : names(name))
}

const NOTHING_FOUND: readonly Inferred[] = []

class PanelTypes {
  readonly names: TypeNames
  readonly #computed: ReadonlyMap<string, Computed>
  readonly #known = new Map<Binding, readonly Inferred[]>()

  constructor(panel: Panel, isTyped: (state: string) => boolean) {
    const states = new Map<string, ValueType>()
    let written: ReadonlySet<string> | undefined
    for (const state of panel.states) {
      if (states.has(state.name) || !isTyped(state.name)) continue
      const type = typeOfState(state)
      written ??= type.kind === "list" || type.kind === "object" ? writtenStates(panel) : undefined
      states.set(state.name, written?.has(state.name) ? loosened(type) : type)
    }
    const computed = new Map<string, ValueType>()
    const roots = {
      $state: { kind: "object", members: states, open: true },
      $computed: { kind: "object", members: computed, open: true },
      $panel: PANEL,
    } as const
    this.names = (name) => (name === "$state" || name === "$computed" || name === "$panel" ? roots[name] : undefined)
    this.#computed = new Map(panel.computed.map((declared) => [declared.name, declared]))
    for (const { name } of panel.computed) this.#infer(name, computed)
  }

  /** What the holes of a computed value came to. */
  inferred(value: Binding): readonly Inferred[] {
    return this.#known.get(value) ?? NOTHING_FOUND
  }

  /** The computed values it reads come first; one that needs itself is of any type. */
  #infer(name: string, types: Map<string, ValueType>): void {
    const declared = this.#computed.get(name)
    if (declared === undefined || types.has(name)) return
    types.set(name, ANY)
    const { value } = declared
    for (const reference of value.references) if (reference.root === "$computed") this.#infer(reference.name, types)
    const { lone, errors, expressions } = analyseBinding(value.text)
    if (errors.length > 0) return
    const inferred = expressions.map((expression) => inferExpression(expression, this.names))
    this.#known.set(value, inferred)
    types.set(name, lone ? (inferred[0]?.type ?? ANY) : STRING)
  }
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

class TypeCheck {
  readonly #problems: Problems

  constructor(problems: Problems) {
    this.#problems = problems
  }

  node({ element, attributes, children }: ViewNode, names: TypeNames): void {
    const rows = element === "Each" && attributes.items !== undefined ? this.#rows(attributes, names) : names
    for (const name of Object.keys(attributes)) {
      const binding = attributes[name]
      if (binding === undefined) continue
      const inReach = element === "Each" && name !== "items" ? rows : names
      if (isEvent(name)) this.#check(binding, analyseStatements(binding.text), inReach, 0)
      else if (name === "bind") this.#check(binding, analyseBinding(`{${binding.text}}`), inReach, -1)
      else this.binding(binding, inReach)
    }
    for (const child of children) this.node(child, rows)
  }

  binding(binding: Binding, names: TypeNames): void {
    if (binding.text.includes("{")) this.#check(binding, analyseBinding(binding.text), names, 0)
  }

  /** Tells what was found in a binding whose offsets are `shift` off. */
  tell(binding: Binding, inferred: readonly Inferred[], shift: number): void {
    for (const { findings } of inferred) for (const finding of findings) this.#tell(binding, finding, shift)
  }

  #rows(attributes: ViewNode["attributes"], names: TypeNames): TypeNames {
    const { items, as, index } = attributes
    return rowTypes(names, items?.text ?? "", as?.text ?? "item", index?.text)
  }

  #check(binding: Binding, { errors, expressions }: Analysis, names: TypeNames, shift: number): void {
    if (errors.length > 0) return
    for (const expression of expressions)
      if (!isPlainRead(expression))
        for (const finding of inferExpression(expression, names).findings) this.#tell(binding, finding, shift)
  }

  #tell(binding: Binding, { code, at, length, message, hint, candidates, instead }: TypeFinding, shift: number): void {
    const { range, text } = binding
    const place = { value: text, valueStart: range.offset, valueEnd: range.offset + range.length }
    const start = sourceOffset(this.#problems.source, place, at + shift)
    const end = sourceOffset(this.#problems.source, place, at + shift + length)
    const word = text.slice(at + shift, at + shift + length)
    this.#problems.add(code, start, end - start, message, {
      hint,
      ...(candidates === undefined ? {} : didYouMean(word, candidates)),
      ...(instead === undefined ? {} : { fix: { text: instead, label: `Write ${instead}` } }),
    })
  }
}

function isEvent(attribute: string): boolean {
  const third = attribute.charCodeAt(2)
  return third >= 65 && third <= 90 && attribute.startsWith("on")
}

/** `$state.name` and `item` read nothing that could be missing. */
function isPlainRead(node: Expression): boolean {
  return node.kind === "name" || node.kind === "literal" || (node.kind === "member" && isRoot(node.object))
}

function isRoot(node: Expression): boolean {
  return node.kind === "name" && node.name.startsWith("$")
}
