import type { Reference } from "@nexus/protocol"

/** `nexus.<capability>.<method>(…)` in a handler, with the text of its first argument as far as it is written out. */
export interface HostUse {
  readonly path: readonly string[]
  /** Called here; otherwise it is only named, to be called somewhere else. */
  readonly called: boolean
  readonly at: number
  readonly length: number
  readonly literal: WrittenText | undefined
}

/** A text known without running. `whole`: it is the value; otherwise the value only begins with it. */
export interface WrittenText {
  readonly text: string
  readonly whole: boolean
}

/** One use of `$state.name` and the like; `name` is absent where the whole root is used. */
export interface ScriptUse {
  readonly root: Reference["root"]
  readonly name: string | undefined
  readonly write: boolean
  readonly at: number
}

/** What is known of a handler's JavaScript without running it. Offsets count in its source. */
export interface ScriptAnalysis {
  readonly error: { readonly message: string; readonly at: number } | undefined
  readonly uses: readonly ScriptUse[]
  readonly hostUses: readonly HostUse[]
}

const CHANGING: ReadonlySet<string> = new Set([
  "push",
  "pop",
  "shift",
  "unshift",
  "splice",
  "sort",
  "reverse",
  "fill",
  "copyWithin",
  "assign",
])

/** Does a method of this name change its receiver? */
export function isChanging(method: string): boolean {
  return CHANGING.has(method)
}

export function isRoot(name: unknown): name is Reference["root"] {
  return name === "$state" || name === "$computed" || name === "$imports"
}
