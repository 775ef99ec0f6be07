import {
  type Actor,
  type Change,
  type ComponentDeclaration,
  type ComponentProperties,
  type Json,
  type PackageComponents,
  type Panel,
  packageComponents,
  resolvePanel,
  type Touch,
  type ViewNode,
} from "@nexus/protocol"
import type { PanelMirror } from "../client/workspace-mirror.ts"
import { parsePanel } from "../nxml/to-panel.ts"
import { PanelScope, type SharedValues } from "./panel-scope.ts"
import { batch, createComputed, createSignal, type Readable, type Writable } from "./signal.ts"

interface PanelSignals {
  readonly source: Writable<string | undefined>
  readonly states: Map<string, Writable<Json | undefined>>
}

/** A component that a package brought, read: `view` sees the declared props by their names. */
export interface PackageComponent {
  readonly declaration: ComponentDeclaration
  readonly view: readonly ViewNode[]
}

const known = new WeakMap<PanelMirror, GraphSignals>()

/**
 * A mirror's graph as signals, one for each state of each panel that somebody reads. Below a state's name identity does
 * the rest: the graph shares what did not change, so a reader that comes out with the same object wakes nobody. A signal
 * for each deep path was refused: expressions read paths by the thousand and almost none of them ever changes alone.
 */
export class GraphSignals implements SharedValues {
  readonly #mirror: PanelMirror
  readonly #panels = new Map<string, PanelSignals>()
  readonly #scopes = new Map<string, Readable<PanelScope | undefined>>()
  readonly #read = new Map<string, Readable<Panel | undefined>>()
  #components = new WeakMap<ComponentProperties, PackageComponent>()
  /** The components that packages brought into the workspace. */
  readonly library: Readable<PackageComponents>
  /** Grows when a panel comes, goes or is named anew. */
  readonly #names = createSignal(0)
  #origin: Actor | undefined

  /** The signals of a mirror; they live as long as it does. */
  static of(mirror: PanelMirror): GraphSignals {
    const existing = known.get(mirror)
    if (existing) return existing
    const created = new GraphSignals(mirror)
    known.set(mirror, created)
    mirror.onTouched((touched, change) => created.#advance(touched, change))
    return created
  }

  private constructor(mirror: PanelMirror) {
    this.#mirror = mirror
    this.library = createComputed(() => {
      this.#names()
      return packageComponents(this.#mirror.graph)
    })
  }

  /** Who else caused the change that is being told right now; `undefined` for this viewer's own. */
  get origin(): Actor | undefined {
    return this.#origin
  }

  state(panel: string, name: string): Json | undefined {
    const { states } = this.#signalsOf(panel)
    let state = states.get(name)
    if (!state) {
      state = createSignal(this.#stateNow(panel, name))
      states.set(name, state)
    }
    return state()
  }

  /** A state or computed value of another panel, which is named by id or title. */
  exported(panel: string, name: string): unknown {
    const scope = this.#scopeOf(this.idOf(panel))()
    if (!scope) throw new Error(`The panel "${panel}" cannot be read.`)
    return scope.exported(name)
  }

  /** The id of the panel that an id or a title names; throws where there is none. */
  idOf(reference: string): string {
    this.#names()
    const id = resolvePanel(this.#mirror.graph, reference)?.id
    if (id === undefined) throw new Error(`There is no panel "${reference}" here; it may have been removed or renamed.`)
    return id
  }

  /** What the source of a panel says now. */
  panel(id: string): Panel | undefined {
    let read = this.#read.get(id)
    if (!read) {
      read = createComputed(() => {
        const source = this.#signalsOf(id).source()
        return source === undefined ? undefined : parsePanel(source, { components: this.library().declarations }).panel
      })
      this.#read.set(id, read)
    }
    return read()
  }

  /** A component that a package brought, read once. */
  component(name: string): PackageComponent | undefined {
    const { declarations: components, definitions } = this.library()
    const definition = definitions.get(name)
    if (!definition) return undefined
    let read = this.#components.get(definition)
    if (!read) {
      const { declaration } = definition
      const { panel } = parsePanel(definition.source, { components, component: declaration })
      read = { declaration, view: panel?.view ?? [] }
      this.#components.set(definition, read)
    }
    return read
  }

  #scopeOf(id: string): Readable<PanelScope | undefined> {
    let scope = this.#scopes.get(id)
    if (!scope) {
      scope = createComputed(() => {
        const panel = this.panel(id)
        return panel && new PanelScope({ id, panel, signals: this })
      })
      this.#scopes.set(id, scope)
    }
    return scope
  }

  #signalsOf(panel: string): PanelSignals {
    let signals = this.#panels.get(panel)
    if (!signals) {
      signals = { source: createSignal(this.#mirror.graph.panel(panel)?.properties.source), states: new Map() }
      this.#panels.set(panel, signals)
    }
    return signals
  }

  #stateNow(panel: string, name: string): Json | undefined {
    const state = this.#mirror.graph.panel(panel)?.properties.state
    return state && Object.hasOwn(state, name) ? state[name] : undefined
  }

  #advance(touched: readonly Touch[], change: Change | undefined): void {
    this.#origin = change && foreignActor(change, this.#mirror)
    batch(() => {
      let named = false
      for (const { id, path } of touched) {
        const signals = this.#panels.get(id)
        const name = path?.[0]
        if (typeof name === "string") signals?.states.get(name)?.(this.#stateNow(id, name))
        else {
          named = true
          if (!signals) continue
          signals.source(this.#mirror.graph.panel(id)?.properties.source)
          for (const [state, write] of signals.states) write(this.#stateNow(id, state))
        }
      }
      if (named) this.#names(this.#names() + 1)
    })
    this.#origin = undefined
  }
}

/** Who else stands behind a change. A run that a schedule set off has nobody behind it, so it shows as nobody's. */
function foreignActor({ cause }: Change, mirror: PanelMirror): Actor | undefined {
  const behind = cause.run ? cause.run.person : (cause.approver ?? cause.actor)
  if (!behind || behind.kind === "schedule") return undefined
  return behind.kind === "person" && behind.id === mirror.viewer?.user ? undefined : behind
}
