import {
  type Change,
  type ComponentDeclaration,
  type ComponentProperties,
  isJsonObject,
  type Json,
  type PackageComponents,
  type Panel,
  packageComponents,
  resolvePanel,
  type StatePath,
  type Touch,
  type ViewNode,
} from "@nexus/protocol"
import type { PanelMirror } from "../client/workspace-mirror.ts"
import { readPanel } from "./panel-reader.ts"
import { PanelScope, type SharedValues } from "./panel-scope.ts"
import { batch, createComputed, createSignal, type Readable, type Writable } from "./signal.ts"

interface PanelSignals {
  readonly source: Writable<string | undefined>
  readonly states: Map<string, PlaceSignal>
}

/** Who else caused a change, why and when. */
export interface Origin {
  readonly name: string
  readonly reason: string
  readonly at: number
}

/** A component that a package brought, read: `view` sees the declared props by their names. */
export interface PackageComponent {
  readonly declaration: ComponentDeclaration
  readonly view: readonly ViewNode[]
}

const known = new WeakMap<PanelMirror, GraphSignals>()

/**
 * A mirror's graph as signals: one for each state of each panel that somebody reads, and one for each place inside it that
 * is read by name through objects, as `$state.settings.theme` is. A change says which place it touched, so nothing beside
 * that is looked at. Below a list identity does the rest: the graph shares what did not change, so a row that comes out as
 * the same object wakes nobody.
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
  #origin: Origin | undefined

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
  get origin(): Origin | undefined {
    return this.#origin
  }

  state(panel: string, name: string): Json | undefined {
    return standing(this.#placeOf(panel, name))
  }

  place(panel: string, names: readonly string[]): { readonly value: Json | undefined; readonly depth: number } {
    const [name = ""] = names
    let place = this.#placeOf(panel, name)
    let now = this.#stateNow(panel, name)
    let depth = 1
    for (; depth < names.length && isJsonObject(now); depth += 1) {
      const part = names[depth] ?? ""
      now = fieldOf(now, part)
      place = childOf(place, part, now)
    }
    return { value: standing(place), depth }
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
        return source === undefined ? undefined : readPanel(source, { components: this.library().declarations })
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
      const panel = readPanel(definition.source, { components, component: declaration })
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

  #placeOf(panel: string, name: string): PlaceSignal {
    const { states } = this.#signalsOf(panel)
    let place = states.get(name)
    if (!place) {
      place = { read: createSignal<Standing>(this.#stateNow(panel, name)), children: undefined }
      states.set(name, place)
    }
    return place
  }

  #stateNow(panel: string, name: string): Json | undefined {
    return fieldOf(this.#mirror.graph.panel(panel)?.properties.state, name)
  }

  #advance(touched: readonly Touch[], change: Change | undefined): void {
    this.#origin = change && foreignActor(change, this.#mirror)
    batch(() => {
      let named = false
      for (const { id, path } of touched) {
        const signals = this.#panels.get(id)
        const name = path?.[0]
        const place = typeof name === "string" ? signals?.states.get(name) : undefined
        if (typeof name === "string") place && advance(place, this.#stateNow(id, name), path?.slice(1) ?? [])
        else {
          named = true
          if (!signals) continue
          signals.source(this.#mirror.graph.panel(id)?.properties.source)
          for (const [state, place] of signals.states) advance(place, this.#stateNow(id, state), [])
        }
      }
      if (named) this.#names(this.#names() + 1)
    })
    this.#origin = undefined
  }
}

/** No object holds this place now: whoever read it finds another way, or none. Not the same as a name that an object lacks. */
const GONE = Symbol("gone")
type Standing = Json | undefined | typeof GONE

/** The value at one place, and at those below it that somebody read. */
interface PlaceSignal {
  readonly read: Writable<Standing>
  children: Map<string, PlaceSignal> | undefined
}

function standing({ read }: PlaceSignal): Json | undefined {
  const value = read()
  return value === GONE ? undefined : value
}

function childOf(place: PlaceSignal, name: string, now: Json | undefined): PlaceSignal {
  place.children ??= new Map()
  let child = place.children.get(name)
  if (!child) {
    child = { read: createSignal<Standing>(now), children: undefined }
    place.children.set(name, child)
  }
  return child
}

/** Something changed at `path` below this place, which holds `value` now: what stands beside the path is not looked at. */
function advance(place: PlaceSignal, value: Standing, path: StatePath): void {
  place.read(value)
  if (!place.children) return
  const object = value !== GONE && isJsonObject(value) ? value : undefined
  const below = (name: string) => (object ? fieldOf(object, name) : GONE)
  const [step, ...rest] = path
  const child = typeof step === "string" ? place.children.get(step) : undefined
  if (typeof step !== "string") for (const [name, each] of place.children) advance(each, below(name), [])
  else if (child) advance(child, below(step), rest)
}

function fieldOf(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** Who else stands behind a change. A run that a schedule set off has nobody behind it, so it shows as nobody's. */
function foreignActor({ cause, at }: Change, mirror: PanelMirror): Origin | undefined {
  const behind = cause.run ? cause.run.person : (cause.approver ?? cause.actor)
  if (!behind || behind.kind === "schedule") return undefined
  if (behind.kind === "person" && behind.id === mirror.viewer?.user) return undefined
  return { name: behind.name, reason: cause.reason, at }
}
