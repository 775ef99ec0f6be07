import type { Binding, Reference } from "@nexus/protocol"
import { type Analysis, analyseBinding, analysePlace, analyseStatements } from "../../expression/analyse.ts"
import { isCertain } from "../../expression/shape.ts"
import { methodsOf } from "../../expression/signatures.ts"
import type { ExpressionError } from "../../expression/syntax.ts"
import { ANY } from "../../expression/value-type.ts"
import { sourceOffset, type XmlAttribute } from "../document.ts"
import { didYouMean } from "../nearest.ts"
import type { Local, Locals } from "./locals.ts"
import type { Names } from "./names.ts"

const NONE: readonly Reference[] = []
const EVENT: Local = { name: "$event", references: NONE }

/** Plain text, with no holes to look into. */
export function readText(attribute: XmlAttribute, names: Names): Binding {
  return { text: attribute.value, references: NONE, range: rangeOf(attribute, names) }
}

/** Text with `{expression}` holes: every mistake in them reported, what they use noted. */
export function readBinding(attribute: XmlAttribute, names: Names, locals: Locals): Binding {
  const text = attribute.value
  const references = text.includes("{") ? resolve(analyseBinding(text), attribute, names, locals) : NONE
  return { text, references, range: rangeOf(attribute, names) }
}

/** The statements of an event attribute; `$event` is in reach there. */
export function readStatements(attribute: XmlAttribute, names: Names, locals: Locals): Binding {
  const analysis = analyseStatements(attribute.value)
  for (const { name, at } of analysis.calls) names.noteHandler(name, sourceOffset(names.problems.source, attribute, at))
  for (const { name, at } of analysis.assigned) {
    if (localOf(locals, name)?.place === true) continue
    const offset = sourceOffset(names.problems.source, attribute, at)
    names.incomplete = true
    names.problems.add("expression-forbidden", offset, name.length, `"${name}" cannot be assigned to`, {
      hint: "Assign to $state.name or to a path from a loop variable.",
    })
  }
  return {
    text: attribute.value,
    references: resolve(analysis, attribute, names, [...locals, EVENT]),
    range: rangeOf(attribute, names),
  }
}

function resolve(analysis: Analysis, attribute: XmlAttribute, names: Names, locals: Locals): readonly Reference[] {
  for (const error of analysis.errors) report(error, attribute, names)
  let known = true
  for (const { root, name } of analysis.uses) if (name === undefined || !names.use(root, name)) known = false
  if (analysis.free.length > 0) checkFree(analysis, attribute, names, locals)
  if (analysis.errors.length === 0) noteTyped(analysis, attribute, names, locals)
  return known ? analysis.references : resolveUnknown(analysis, attribute, names)
}

/** The references where a whole root is used, or a name is not declared. */
function resolveUnknown(analysis: Analysis, attribute: XmlAttribute, names: Names): readonly Reference[] {
  const references: Reference[] = []
  for (const { root, name, write, at } of analysis.uses) {
    if (name === undefined) {
      names.noteAll(root)
      for (const declared of names.of(root).keys()) add(references, { root, name: declared, write })
    } else if (names.of(root).has(name)) add(references, { root, name, write })
    else names.tellUndefined(root, name, sourceOffset(names.problems.source, attribute, at))
  }
  return references
}

function checkFree(analysis: Analysis, attribute: XmlAttribute, names: Names, locals: Locals): void {
  const { problems } = names
  for (const { name, at } of analysis.free) {
    if (localOf(locals, name) !== undefined) continue
    const root = (["$state", "$computed", "$imports"] as const).find((root) => names.of(root).has(name))
    const inReach = ["$state", "$computed", "$imports", "$panel", ...locals.map((local) => local.name)]
    const offset = sourceOffset(problems.source, attribute, at)
    if (root === "$state") names.usedStates.add(name)
    problems.add("undefined-name", offset, name.length, `"${name}" is not known here`, {
      hint: `Names here are ${inReach.join(", ")}.`,
      ...(root === undefined
        ? didYouMean(name, inReach)
        : { hint: `Did you mean ${root}.${name}?`, fix: { text: `${root}.${name}`, label: `Write ${root}.${name}` } }),
    })
  }
}

/** Leaves an expression to the check of types, unless it names nothing that could have one. */
function noteTyped(analysis: Analysis, attribute: XmlAttribute, names: Names, locals: Locals): void {
  const { shape, references, free } = analysis
  if (shape === 0) return
  const typed = references.length > 0 || isCertain(shape) || free.some(({ name }) => hasType(localOf(locals, name)))
  if (typed) names.typed.push({ attribute, analysis, locals })
}

function hasType(local: Local | undefined): boolean {
  return local !== undefined && (local.rows !== undefined || local.counts === true)
}

function localOf(locals: Locals, name: string): Local | undefined {
  for (const local of locals) if (local.name === name) return local
  return undefined
}

/** The place of a two-way `bind`: `$state.x.y`, or a path from a loop variable. */
export function readBind(attribute: XmlAttribute, names: Names, locals: Locals): Binding {
  const range = rangeOf(attribute, names)
  const { value: text, valueStart, valueEnd } = attribute
  const { problems } = names
  const braces = /^\s*\{([^{}]*)\}\s*$/.exec(text)
  if (braces !== null) {
    const inner = (braces[1] ?? "").trim()
    problems.add(
      "bind-not-assignable",
      valueStart,
      valueEnd - valueStart,
      "bind names a place, it does not compute a value",
      {
        hint: "Write the path without braces.",
        fix: { text: inner, label: `Write bind="${inner}"` },
      },
    )
    for (const { root, name } of analyseBinding(text).uses)
      if (root === "$state" && name !== undefined) names.usedStates.add(name)
    return { text: inner, references: NONE, range }
  }
  const target = analysePlace(text)
  for (const name of target.states) names.usedStates.add(name)
  if (target.error !== undefined) {
    if (target.error.code === "expression-forbidden") report(target.error, attribute, names)
    else notAssignable(attribute, names)
    return { text, references: NONE, range }
  }
  const { root } = target
  const [first] = target.steps
  const local = localOf(locals, root)
  const references: Reference[] = []
  if (target.root === "$state" && typeof first === "string") {
    if (names.use("$state", first)) references.push({ root: "$state", name: first, write: true })
    else names.tellUndefined("$state", first, sourceOffset(problems.source, attribute, target.firstAt))
  } else if (local !== undefined && (target.steps.length > 0 || local.place === true)) {
    for (const reference of local.references) add(references, { ...reference, write: reference.root === "$state" })
  } else if (target.root.startsWith("$") || local !== undefined) notAssignable(attribute, names)
  else {
    const at = sourceOffset(problems.source, attribute, target.at)
    const states = names.states.has(target.root)
    if (states) names.usedStates.add(target.root)
    problems.add("undefined-name", at, target.root.length, `"${target.root}" is not known here`, {
      hint: states ? `Did you mean $state.${target.root}?` : "Bind to $state.name or to a path from a loop variable.",
      ...(states
        ? { fix: { text: `$state.${target.root}`, label: `Write $state.${target.root}` } }
        : didYouMean(
            target.root,
            locals.map((local) => local.name),
          )),
    })
  }
  for (const reference of resolve(target.inner, attribute, names, locals)) add(references, reference)
  noteTyped(target.whole, attribute, names, locals)
  return { text, references, range }
}

function notAssignable(attribute: XmlAttribute, names: Names): void {
  const { valueStart, valueEnd, value } = attribute
  names.problems.add(
    "bind-not-assignable",
    valueStart,
    valueEnd - valueStart,
    `${JSON.stringify(value)} is not a place that can be written`,
    {
      hint: "Bind to $state.name or to a path from a loop variable, such as item.done.",
    },
  )
}

function report(error: ExpressionError, attribute: XmlAttribute, names: Names): void {
  const { source } = names.problems
  const code = error.code === "expression-forbidden" ? "expression-forbidden" : "expression-syntax"
  const offset = Math.min(sourceOffset(source, attribute, error.at), Math.max(attribute.valueStart, attribute.valueEnd))
  names.incomplete = true
  names.problems.add(code, offset, error.length, error.message, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...methodMeant(error, attribute.value),
  })
}

/** Methods of JavaScript that change what they are called on: none of ours is meant by them. */
const CHANGING: ReadonlySet<string> = new Set(["copyWithin", "fill", "push", "shift", "splice", "unshift"])

/** The method that was surely meant where there is none of that name: `.filtr(…)`. */
function methodMeant({ at, length }: ExpressionError, text: string) {
  const called = text.charAt(at - 1) === "." && text.charAt(at + length) === "("
  const word = called ? text.slice(at, at + length) : ""
  return /^[a-z]\w{3,}$/i.test(word) && !CHANGING.has(word) ? didYouMean(word, methodsOf(ANY).keys()) : {}
}

function add(references: Reference[], reference: Reference): void {
  const known = references.some(
    ({ root, name, write }) => root === reference.root && name === reference.name && write === reference.write,
  )
  if (!known) references.push(reference)
}

function rangeOf(attribute: XmlAttribute, names: Names) {
  return names.problems.range(attribute.valueStart, attribute.valueEnd - attribute.valueStart)
}
