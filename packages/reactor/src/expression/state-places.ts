import type { Run } from "./operators.ts"
import type { Scope } from "./scope.ts"
import type { Expression, Member } from "./syntax.ts"
import { readProperty } from "./values.ts"

/**
 * `$state.settings.theme.colour`, in a scope that lives: whoever evaluates it should depend on that place and not on all of
 * `settings`. The scope then holds, under a name that no expression can write, a function that reads as far down as there
 * are objects; below a list or a text the rest is read as anywhere. Other scopes lack it and pay one look.
 */
export const STATE_PLACES = "$state."

/** The value at the start of `names`, through objects alone, and how many names lead there. At least the first does. */
export type StatePlaces = (names: readonly string[]) => { readonly value: unknown; readonly depth: number }

/** A chain of two or more plain names on `$state`, read by place where the scope can; else undefined. */
export function compileStatePlace(node: Member, isShadowed: (name: string) => boolean, plain: Run): Run | undefined {
  const names: string[] = []
  const ats: number[] = []
  let link: Expression = node
  while (link.kind === "member" && !link.optional) {
    names.unshift(link.property)
    ats.unshift(link.propertyAt)
    link = link.object
  }
  if (names.length < 2 || link.kind !== "name" || link.name !== "$state" || isShadowed("$state")) return undefined
  return (scope) => {
    const places = placesOf(scope)
    if (places === undefined) return plain(scope)
    const { value, depth } = places(names)
    let read = value
    for (let index = depth; index < names.length; index++)
      read = readProperty(read, names[index] ?? "", ats[index] ?? 0)
    return read
  }
}

function placesOf(scope: Scope): StatePlaces | undefined {
  return scope[STATE_PLACES] as StatePlaces | undefined
}
