import type { Json, Panel } from "@nexus/protocol"
import type { Scope } from "../expression/compile.ts"
import { compileBinding } from "../expression/compile-text.ts"
import { STATE_PLACES, type StatePlaces } from "../expression/state-places.ts"
import { Costs, type Now } from "./costs.ts"
import { sameValue } from "./same-value.ts"
import type { SessionState } from "./session-state.ts"
import { createComputed, createSignal, type Readable } from "./signal.ts"
import { noteStale, readWithStale, type StaleValue, sameStale } from "./stale.ts"

/** A value, or the reason why there is none; so that a failing Computed fails at its readers and nowhere else. */
type Settled = ({ readonly value: unknown } | { readonly error: unknown }) & {
  /** What it rests on that is no longer worked out by itself. */
  readonly stale: readonly StaleValue[]
}

/** Where document state and other panels' values are read, each as a signal. */
export interface SharedValues {
  state(panel: string, name: string): Json | undefined
  /** The place of `names` as far as objects lead there, which is what is depended on. */
  place(panel: string, names: readonly string[]): { readonly value: Json | undefined; readonly depth: number }
  exported(panel: string, name: string): unknown
}

/**
 * The names that a panel's expressions see. Each is a property that reads a signal when it is asked, so that whoever
 * evaluates an expression depends on exactly the names it read. `$computed` and `$imports` are evaluated when first
 * read, kept until something they read changes, and never written. A Computed that was too dear several times in a row
 * is kept after that too, marked as stale, until somebody asks for it: a canvas that freezes at every keystroke is worse
 * than one value that says it is old.
 */
export class PanelScope {
  readonly root: Scope
  /** What the panel's computed values cost. */
  readonly costs: Costs
  readonly #again = new Map<string, StaleValue>()
  readonly #panel: Panel
  readonly #computed = new Map<string, Readable<Settled>>()
  readonly #state: { readonly [name: string]: unknown }

  constructor(options: {
    readonly id: string
    readonly panel: Panel
    readonly signals: SharedValues
    readonly session?: SessionState
    readonly now?: Now | undefined
  }) {
    const { id, panel, signals, session } = options
    this.#panel = panel
    this.costs = new Costs(options.now ?? (() => performance.now()))
    const readers = new Map<string, Readable<unknown>>()
    for (const state of panel.states) {
      const own = state.scope === "session" ? session : undefined
      readers.set(state.name, () => {
        const value = own ? own.get(state.name) : signals.state(id, state.name)
        return value === undefined ? state.initial : value
      })
    }
    this.#state = lazyObject(readers)
    const computed = new Map<string, Readable<unknown>>()
    for (const { name, value } of panel.computed) {
      const settled = this.#priced(id, name, () => compileBinding(value.text)(this.root))
      this.#computed.set(name, settled)
      computed.set(name, () => unsettled(settled()))
    }
    const imports = new Map<string, Readable<unknown>>()
    for (const { as, panel: from, name } of panel.imports) {
      const settled = this.#settle(as, () => signals.exported(from, name))
      imports.set(as, () => unsettled(settled()))
    }
    const shared = new Set(panel.states.filter(({ scope }) => scope === "document").map(({ name }) => name))
    const places: StatePlaces = (names) => {
      const [name = ""] = names
      const found = shared.has(name) ? signals.place(id, names) : undefined
      // What was never written has its first value in the source: that, and a viewer's own, is read whole.
      if (found && (found.depth > 1 || found.value !== undefined)) return found
      return { value: this.#state[name], depth: 1 }
    }
    this.root = {
      [STATE_PLACES]: places,
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

  /** Works a stale value out again; nothing when `name` is none. */
  recompute(name: string): void {
    this.#again.get(name)?.again()
  }

  /** Values that come out equal keep their old identity; a value that needs itself fails instead of recursing. */
  #settle(name: string, read: () => unknown): Readable<Settled> {
    return settledOnce(name, () => settle(read))
  }

  /** A value whose cost is booked, and which is kept until asked for when that was too much. */
  #priced(panel: string, name: string, read: () => unknown): Readable<Settled> {
    const asked = createSignal(0)
    const mark: StaleValue = { name, panel, again: () => asked(asked() + 1) }
    this.#again.set(name, mark)
    let answered = -1
    let last: Settled | undefined
    const kept = (): Settled | undefined => {
      if (!last) return undefined
      this.costs.markStale(name)
      return { ...last, stale: [mark] }
    }
    return settledOnce(name, () => {
      const wanted = asked()
      // Nothing else is read here, so nothing but being asked wakes it again.
      if (wanted === answered && this.costs.isManual(name)) {
        const old = kept()
        if (old) return old
      }
      answered = wanted
      const settled = this.costs.measured(name, () => settle(read))
      if ("value" in settled) last = settled
      else if (this.costs.isManual(name)) return kept() ?? settled
      return settled
    })
  }
}

/** What `read` came to, and what it rests on. */
function settle(read: () => unknown): Settled {
  const { value: outcome, stale } = readWithStale(() => {
    try {
      return { value: read() }
    } catch (error) {
      return { error }
    }
  })
  return { ...outcome, stale }
}

function settledOnce(name: string, work: () => Settled): Readable<Settled> {
  let running = false
  const settled = createComputed<Settled>(
    () => {
      running = true
      try {
        return work()
      } finally {
        running = false
      }
    },
    (a, b) => "value" in a && "value" in b && sameStale(a.stale, b.stale) && sameValue(a.value, b.value),
  )
  return () => (running ? { error: new Error(`"${name}" depends on itself.`), stale: [] } : settled())
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
  noteStale(settled.stale)
  if ("error" in settled) throw settled.error
  return settled.value
}
