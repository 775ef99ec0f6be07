import type { ComponentDeclaration, Json, PropDeclaration, ViewNode } from "@nexus/protocol"
import { compileBinding, compilePath } from "../expression/compile-text.ts"
import { shownText } from "../expression/values.ts"
import type { LivePanel } from "./live-panel.ts"
import { extendScope } from "./panel-scope.ts"
import type { Places } from "./places.ts"
import { sameValue } from "./same-value.ts"
import { createComputed, createSignal, type Readable, untracked } from "./signal.ts"
import { type Place, withValue } from "./target.ts"

/**
 * The names inside a component of a package: its declared props and nothing else. A stranger wrote it, so it cannot read
 * or write the panel's state and cannot call its handlers; all it has is what the panel hands it. It reaches out in two
 * ways: a write to `value` goes to the place that `bind` names outside, and a call of a declared event runs the
 * statements that the panel wrote for it. Its Slot shows the children it was given, with the panel's own names.
 */
export function createPackagePlaces(
  declaration: ComponentDeclaration,
  node: ViewNode,
  outside: Places,
  live: LivePanel,
): Places {
  const bind = node.attributes.bind?.text
  const names = new Map<string, Readable<unknown>>()
  for (const [name, prop] of Object.entries(declaration.props)) names.set(name, readProp(name, prop, node, outside))
  const given = names.get("value")
  const typed = createSignal<{ readonly value: Json; readonly over: unknown } | undefined>(undefined)
  const takesValue = declaration.bind !== undefined && given !== undefined
  if (takesValue && bind === undefined) {
    // Without `bind` it keeps what was put in until another value is given, as an input does.
    names.set("value", () => {
      const own = typed()
      return own && Object.is(own.over, given()) ? own.value : given()
    })
  }
  const value = names.get("value")

  const fire = async (event: string, argument: Json): Promise<string | undefined> => {
    const statements = node.attributes[event]?.text
    if (statements === undefined) return undefined
    const [first] = await live.run(statements, outside, argument)
    return first
  }
  const put = async (path: Place, written: Json, group: string): Promise<string | undefined> => {
    const whole = path.length === 0 ? written : withValue(untracked(() => value?.()) as Json, path, written)
    if (whole === undefined) return `value.${path.join(".")} is not there any more.`
    let failed: string | undefined
    if (bind === undefined) typed({ value: whole, over: untracked(() => given?.()) })
    else {
      const { root, path: base } = compilePath(bind)(outside.scope)
      failed = await live.assign(outside, root, [...base, ...path], written, group)
    }
    return (await fire("onChange", whole)) ?? failed
  }
  const { name } = declaration
  return {
    scope: extendScope({}, names),
    slot: { nodes: node.children, places: outside },
    inside: {
      line: [...(outside.inside?.line ?? []), name],
      call: async (event, argument) =>
        Object.hasOwn(declaration.events, event)
          ? fire(event, argument)
          : `<${name}> declares no event "${event}"; a component calls its own events only.`,
      write: (root, path, written, group) => {
        if (root === "value" && takesValue) return put(path, written, group)
        if (names.has(root) || root.startsWith("$"))
          return Promise.resolve(`<${name}> cannot write "${root}"; a component writes only its value.`)
        return undefined
      },
    },
    resolve(root, path, state) {
      if (root !== "value" || bind === undefined) return undefined
      const { root: start, path: base } = compilePath(bind)(outside.scope)
      return outside.resolve(start, [...base, ...path], state)
    },
  }
}

function readProp(name: string, prop: PropDeclaration, node: ViewNode, { scope }: Places): Readable<unknown> {
  const attribute = node.attributes[name]
  const bind = name === "value" ? node.attributes.bind : undefined
  const text = bind ? `{${bind.text}}` : attribute?.text
  if (text === undefined) return () => prop.initial ?? emptyOf(prop)
  const read = compileBinding(text)
  return createComputed(() => ofType(read(scope), prop), sameValue)
}

/** What was written as text becomes what the declaration says. */
function ofType(value: unknown, prop: PropDeclaration): unknown {
  if (value === undefined || value === null) return prop.initial ?? emptyOf(prop)
  if (prop.type === "string" || prop.type === "enum") {
    const text = shownText(value)
    return prop.type === "enum" && !prop.values?.includes(text) ? (prop.initial ?? prop.values?.[0]) : text
  }
  if (prop.type === "number") return Number.isFinite(Number(value)) ? Number(value) : (prop.initial ?? null)
  if (prop.type === "boolean") return value !== "false" && Boolean(value)
  if (prop.type === "list") return Array.isArray(value) ? value : []
  return value
}

function emptyOf({ type }: PropDeclaration): unknown {
  if (type === "string" || type === "enum") return ""
  if (type === "boolean") return false
  return type === "list" ? [] : null
}
