import type { Json } from "../json.ts"
import type { Range } from "./diagnostic.ts"

/**
 * What one NXML document means, as plain data: nothing here is compiled, so a Panel can cross a wire or be stored.
 * `text` always holds the source of an expression or handler; the reactor compiles it where it runs.
 */
export interface Panel {
  readonly title: string
  readonly version: string
  readonly description: string
  readonly states: readonly State[]
  readonly computed: readonly Computed[]
  readonly imports: readonly Import[]
  readonly capabilities: readonly CapabilityDeclaration[]
  readonly handlers: readonly Handler[]
  readonly tools: readonly Tool[]
  readonly lifecycles: readonly Lifecycle[]
  readonly view: readonly ViewNode[]
}

/** The types a State, and an argument of a Tool, can have. */
export const STATE_TYPES = ["string", "number", "boolean", "list", "object"] as const
export type StateType = (typeof STATE_TYPES)[number]

/** A declared value of the panel; `initial` is of its `type`. */
export interface State {
  readonly name: string
  readonly type: StateType
  readonly initial: Json
  readonly description: string
  /** `document`: shared and durable. `session`: each viewer's own, never kept. */
  readonly scope: "document" | "session"
  readonly secret: boolean
  readonly range: Range
}

/** A value worked out from others whenever it is asked for. */
export interface Computed {
  readonly name: string
  readonly value: Binding
  readonly range: Range
}

/** `panel` is another panel's id or title; `name` one of its states or computed values, seen here as `$imports.<as>`. */
export interface Import {
  readonly panel: string
  readonly name: string
  readonly as: string
  readonly range: Range
}

/** A right the panel asks for, and why; a person grants it. */
export interface CapabilityDeclaration {
  readonly type: string
  readonly scope: string
  readonly reason: string
  readonly range: Range
}

/** `line` is where the handler's first line of JavaScript stands in the NXML. */
export interface Handler {
  readonly name: string
  readonly source: string
  readonly line: number
  readonly references: readonly Reference[]
  readonly range: Range
}

/** One argument of a Tool; `initial` is used where a caller leaves it out. */
export interface ToolArgument {
  readonly name: string
  readonly type: StateType
  readonly required: boolean
  readonly initial: Json | undefined
  readonly description: string
}

/** A handler offered to AI assistants under a name and a typed signature. */
export interface Tool {
  readonly name: string
  readonly handler: string
  readonly description: string
  readonly args: readonly ToolArgument[]
  readonly range: Range
}

/** A handler that runs by itself; `watch` belongs to `change`, `everyMs` or `cron` to `schedule`. */
export interface Lifecycle {
  readonly on: "mount" | "unmount" | "change" | "schedule"
  readonly run: string
  readonly watch?: Binding
  /** Interval of a schedule in milliseconds. */
  readonly everyMs?: number
  readonly cron?: string
  readonly range: Range
}

/** A name an expression or handler uses: `{ root: "$state", name: "items", write: false }`. */
export interface Reference {
  readonly root: "$state" | "$computed" | "$imports"
  readonly name: string
  readonly write: boolean
}

/** An attribute's value as written: text, or text with `{expression}` holes. */
export interface Binding {
  readonly text: string
  readonly references: readonly Reference[]
  readonly range: Range
}

/** One element of the View. `element` is a component's name, or a control element: If, Else, Each, Slot, Embed. */
export interface ViewNode {
  /** Stable within one document: the path of child positions, such as `0.2.1`. */
  readonly id: string
  readonly element: string
  readonly attributes: { readonly [name: string]: Binding }
  readonly children: readonly ViewNode[]
  /** Text content, for components that take it (Markdown, Code); trimmed of the common indent. */
  readonly content: string
  readonly range: Range
}
