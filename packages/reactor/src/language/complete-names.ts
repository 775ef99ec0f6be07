import type { Panel, State } from "@nexus/protocol"
import { FUNCTION_SIGNATURES, NAMESPACE_SIGNATURES } from "../expression/signatures.ts"
import { ANY, describeType } from "../expression/value-type.ts"
import { type Completion, lastWord } from "./completion.ts"
import { callable, membersBefore, parametersAt, type TypedPlace } from "./members.ts"
import { computedDoc, stateDoc } from "./name-docs.ts"
import { memberType } from "./typed.ts"

/** What an expression can name where it stands. */
export interface ExpressionPlace extends TypedPlace {
  readonly panel: Panel | undefined
  /** Loop variables in reach, the innermost first. */
  readonly locals: readonly string[]
  /** What a component's own document can fire. */
  readonly events: readonly string[]
}

/** Names behind a dot, or every name that an expression may begin with. */
export function completeExpression(place: ExpressionPlace): Completion[] {
  const root = /(?:^|[^\w$.])(\$state|\$computed|\$imports)(?:\?)?\.(\w*)$/.exec(place.written)
  if (root !== null) return rootMembers(place, root[1] ?? "")
  if (/\.\w*$/.test(place.written) && !/\d\.\d*$/.test(place.written)) return membersBefore(place)
  const put = putter(place)
  return [
    ...rootMembers(place, "$state", "$state."),
    ...rootMembers(place, "$computed", "$computed."),
    ...rootMembers(place, "$imports", "$imports."),
    ...[...parametersAt(place)].map(([name, type]) => put(name, "variable", describeType(type), "")),
    ...localsOf(place),
    ...[...FUNCTION_SIGNATURES.values()].map((signature) => callable(signature, "function", place)),
    ...[...NAMESPACE_SIGNATURES.keys()].map((name) => put(name, "variable", name, "")),
    put("$panel", "variable", "this panel", "Its id and title."),
  ]
}

/** The places that can be bound or assigned. */
export function completePath(place: ExpressionPlace): Completion[] {
  if (/\$state\.\w*$/.test(place.written)) return rootMembers(place, "$state")
  if (/\.\w*$/.test(place.written)) return membersBefore(place).filter(({ kind }) => kind === "property")
  return [...rootMembers(place, "$state", "$state."), ...localsOf(place)]
}

function localsOf(place: ExpressionPlace): Completion[] {
  const put = putter(place)
  return place.locals.map((name) => put(name, "variable", describeType(place.types(name) ?? ANY), "A loop variable."))
}

/** Handler calls and assignments. */
export function completeStatements(place: ExpressionPlace): Completion[] {
  const inside = /[({[,=?:+\-*/%<>!&|]\s*[\w$.]*$/.test(place.written) || /\.\w*$/.test(place.written)
  if (inside) {
    return completeExpression({ ...place, locals: ["$event", ...place.locals] })
  }
  return [...handlers(place, "()"), ...completePath(place)]
}

/** The panel's handlers; `open` is written after the name unless that is called already. */
export function handlers({ panel, events, written, offset, called }: ExpressionPlace, open: string): Completion[] {
  const from = offset - lastWord(written).length
  const behind = called ? "" : open
  const names = [...(panel?.handlers ?? []).map(({ name }) => name), ...events]
  return names.map((name) => {
    const stops = behind === "" ? {} : { stops: [{ offset: name.length + 1, length: 0 }] }
    return {
      label: name,
      kind: "handler",
      detail: "Handler",
      doc: "",
      insert: name + behind,
      from,
      to: offset,
      ...stops,
    }
  })
}

/** The members of `$state`, `$computed` or `$imports`; `before` is written in front of each. */
export function rootMembers(
  place: Pick<ExpressionPlace, "panel" | "types" | "written" | "offset">,
  root: string,
  before = "",
): Completion[] {
  const { panel, types } = place
  const typeOf = (name: string) => describeType(memberType(types, root, name))
  const put = putter(place)
  if (root === "$state")
    return (panel?.states ?? []).map((state: State) =>
      put(before + state.name, "state", typeOf(state.name), stateDoc(state)),
    )
  if (root === "$computed")
    return (panel?.computed ?? []).map((computed) =>
      put(before + computed.name, "computed", typeOf(computed.name), computedDoc(computed, typeOf(computed.name))),
    )
  return (panel?.imports ?? []).map(({ as, name, panel: other }) =>
    put(before + as, "import", `${name} of ${other}`, ""),
  )
}

/** Makes completions that replace the word before the cursor. */
export function putter({ written, offset }: { readonly written: string; readonly offset: number }) {
  const from = offset - lastWord(written).length
  return (insert: string, kind: Completion["kind"], detail: string, doc: string): Completion => ({
    label: insert,
    kind,
    detail,
    doc,
    insert,
    from,
    to: offset,
  })
}
