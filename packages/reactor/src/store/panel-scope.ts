import type { Json, Panel } from "@nexus/protocol"
import { compileBinding } from "../expression/binding.ts"
import type { Scope } from "../expression/compile.ts"
import { sameValue } from "./same-value.ts"
import type { SessionState } from "./session-state.ts"
import { createComputed, type Readable } from "./signal.ts"

/** A value, or the reason why there is none; so that a failing Computed fails at its readers and nowhere else. */
type Settled = { readonly value: unknown } | { readonly error: unknown }

/** Where document state and other panels' values are read, each as a signal. */
export interface SharedValues {
  state(panel: string, name: string): Json | undefined
  exported(panel: string, name: string): unknown
}

/**
 * The names that a panel's expressions see. Each is a property that reads a signal when it is asked, so that whoever
 * evaluates an expression depends on exactly the names it read. `$computed` and `$imports` are evaluated when first
 * read, kept until something they read changes, and never written.
 */
export class PanelScope {
  readonly root: Scope
  readonly #panel: Panel
  readonly #computed = new Map<string, Readable<Settled>>()
  readonly #state: { readonly [name: string]: unknown }

  constructor(options: {
    readonly id: string
    readonly panel: Panel
    readonly signals: SharedValues
    readonly session?: SessionState
  }) {
    const { id, panel, signals, session } = options
    this.#panel = panel
    const readers = new Map<string, Readable<unknown>>()
    for (const state of panel.states) {
      const own = state.scope === "session" ? session : undefined
      readers.set(state.name, () => (own ? own.get(state.name) : signals.state(id, state.name)) ?? state.initial)
    }
    this.#state = lazyObject(readers)
    const computed = new Map<string, Readable<unknown>>()
    for (const { name, value } of panel.computed) {
      const settled = this.#settle(name, () => compileBinding(value.text)(this.root))
      this.#computed.set(name, settled)
      computed.set(name, () => unsettled(settled()))
    }
    const imports = new Map<string, Readable<unknown>>()
    for (const { as, panel: from, name } of panel.imports) {
      const settled = this.#settle(as, () => signals.exported(from, name))
      imports.set(as, () => unsettled(settled()))
    }
    this.root = {
      $state: this.#state,
      $computed: lazyObject(computed),
      $imports: lazyObject(imports),
      $panel: { id, title: panel.title, version: panel.version, description: panel.description },
    }
  }

  /** What other panels may read: a document state that is no secret, or a computed value. */
  exported(name: string): unknown {
    const computed = this.#computed.get(name)
    if (computed) return unsettled(computed())
    const state = this.#panel.states.find((candidate) => candidate.name === name)
    if (!state || state.secret || state.scope === "session") {
      throw new Error(`The panel "${this.#panel.title}" has no shared State or Computed "${name}".`)
    }
    return this.#state[name]
  }

  /** Values that come out equal keep their old identity; a value that needs itself fails instead of recursing. */
  #settle(name: string, read: () => unknown): Readable<Settled> {
    let running = false
    const settled = createComputed<Settled>(
      () => {
        running = true
        try {
          return { value: read() }
        } catch (error) {
          return { error }
        } finally {
          running = false
        }
      },
      (a, b) => "value" in a && "value" in b && sameValue(a.value, b.value),
    )
    return () => (running ? { error: new Error(`"${name}" depends on itself.`) } : settled())
  }
}

/** A scope with more names, such as a loop's variables. */
export function extendScope(scope: Scope, names: ReadonlyMap<string, Readable<unknown>>): Scope {
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(scope), ...getters(names) })
}

function lazyObject(readers: ReadonlyMap<string, Readable<unknown>>): { readonly [name: string]: unknown } {
  return Object.defineProperties({}, getters(readers))
}

function getters(readers: ReadonlyMap<string, Readable<unknown>>): PropertyDescriptorMap {
  const descriptors: PropertyDescriptorMap = {}
  for (const [name, get] of readers) descriptors[name] = { get, enumerable: true, configurable: true }
  return descriptors
}

function unsettled(settled: Settled): unknown {
  if ("error" in settled) throw settled.error
  return settled.value
}
