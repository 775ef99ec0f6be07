import type { Panel, State } from "@nexus/protocol"
import { FUNCTIONS, NAMESPACES } from "../expression/builtins.ts"
import { type Completion, lastWord } from "./completion.ts"
import { membersBefore } from "./members.ts"
import { stateDoc } from "./name-docs.ts"

/** What an expression can name where it stands. */
export interface ExpressionPlace {
  readonly panel: Panel | undefined
  /** Loop variables in reach, the innermost first, each with the text of the list it comes from. */
  readonly locals: readonly { readonly name: string; readonly items: string }[]
  /** The text up to the cursor, from where the expression begins. */
  readonly written: string
  readonly offset: number
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
    ...place.locals.map(({ name, items }) => put(name, "variable", `loop variable of ${items}`, "")),
    ...[...FUNCTIONS].map(([name, { doc }]) => put(name, "function", doc, "")),
    ...[...NAMESPACES.keys()].map((name) => put(name, "variable", name, "")),
    put("$panel", "variable", "this panel", "Its id and title."),
  ]
}

/** The places that can be bound or assigned. */
export function completePath(place: ExpressionPlace): Completion[] {
  if (/\$state\.\w*$/.test(place.written)) return rootMembers(place, "$state")
  if (/\.\w*$/.test(place.written)) return membersBefore(place).filter(({ kind }) => kind === "property")
  const put = putter(place)
  return [
    ...rootMembers(place, "$state", "$state."),
    ...place.locals.map(({ name, items }) => put(name, "variable", `loop variable of ${items}`, "")),
  ]
}

/** Handler calls and assignments. */
export function completeStatements(place: ExpressionPlace): Completion[] {
  const inside = /[({[,=?:+\-*/%<>!&|]\s*[\w$.]*$/.test(place.written) || /\.\w*$/.test(place.written)
  if (inside) {
    const event = { name: "$event", items: "the event" }
    return completeExpression({ ...place, locals: [event, ...place.locals] })
  }
  return [...handlers(place, "()"), ...completePath(place)]
}

/** The panel's handlers; `behind` is written after the name. */
export function handlers({ panel, written, offset }: ExpressionPlace, behind: string): Completion[] {
  const from = offset - lastWord(written).length
  return (panel?.handlers ?? []).map(({ name }) => {
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
export function rootMembers(place: ExpressionPlace, root: string, before = ""): Completion[] {
  const { panel } = place
  const put = putter(place)
  if (root === "$state")
    return (panel?.states ?? []).map((state: State) => put(before + state.name, "state", state.type, stateDoc(state)))
  if (root === "$computed")
    return (panel?.computed ?? []).map(({ name, value }) => put(before + name, "computed", value.text, ""))
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
