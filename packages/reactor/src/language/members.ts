import { NAMESPACES } from "../expression/builtins.ts"
import { LIST_METHODS, NUMBER_METHODS, STRING_METHODS } from "../expression/methods.ts"
import { type ExpressionPlace, putter } from "./complete-names.ts"
import type { Completion } from "./completion.ts"

/** What stands behind the dot before the cursor. */
export function membersBefore(place: ExpressionPlace): Completion[] {
  const put = putter(place)
  const before = /([\w$]+)(?:\.([\w$]+))?\??\.\w*$/.exec(place.written)
  const namespace = before?.[2] === undefined ? NAMESPACES.get(before?.[1] ?? "") : undefined
  if (namespace !== undefined)
    return [...namespace].map(([name, member]) =>
      put(
        name,
        typeof member === "number" ? "value" : "method",
        typeof member === "number" ? String(member) : member.doc,
        "",
      ),
    )
  const state = before?.[1] === "$state" ? place.panel?.states.find(({ name }) => name === before[2]) : undefined
  const tables =
    state?.type === "string"
      ? [STRING_METHODS]
      : state?.type === "number"
        ? [NUMBER_METHODS]
        : state?.type === "list"
          ? [LIST_METHODS]
          : state === undefined
            ? [STRING_METHODS, LIST_METHODS, NUMBER_METHODS]
            : []
  return [...new Set(tables.flatMap((table) => [...table.keys()]))].map((name) => put(name, "method", `${name}(…)`, ""))
}
