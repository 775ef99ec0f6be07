import {
  createId,
  type Failure,
  type Json,
  type JsonObject,
  NexusError,
  type Operation,
  type PackageComponents,
  type Panel,
  sentenceOf,
} from "@nexus/protocol"
import type { HandlerLog, PanelMirror, TriggeredBy } from "../client/workspace-mirror.ts"
import { compileStatements } from "../expression/compile-text.ts"
import type { ComputedCost, Now } from "./costs.ts"
import { createDrafts, type Drafts, type NextFrame } from "./draft.ts"
import { GraphSignals, type Origin, type PackageComponent } from "./graph-signals.ts"
import { PanelScope } from "./panel-scope.ts"
import { createRootPlaces, type Places } from "./places.ts"
import { createSignal, type Readable, untracked } from "./signal.ts"
import { jsonAt, type Place, toStatePath, withValue } from "./target.ts"
import type { WorkspaceFiles } from "./workspace-files.ts"

/** Something to tell the viewer. `failure`: a refused or failed action. `toast`, `open`: asked by a handler. */
export type Notice =
  | {
      readonly kind: "failure"
      readonly panel: string
      readonly message: string
      readonly failure: Failure | undefined
    }
  | { readonly kind: "toast"; readonly panel: string; readonly message: string; readonly tone: string | undefined }
  | { readonly kind: "open"; readonly panel: string; readonly target: string }

/** What a handler asked of the panel's own view: to focus or show the component with this `id`. */
export interface ViewRequest {
  readonly kind: "focus" | "scrollTo"
  readonly target: string
}

/** `panel` is the parsed source of the panel `id` in the mirror's graph. */
export interface LivePanelOptions {
  readonly id: string
  readonly panel: Panel
  readonly mirror: PanelMirror
  /** Where File puts what was chosen, and Image finds it; absent where there is no workspace behind. */
  readonly files?: WorkspaceFiles
  /** The panels that this one stands in, the outermost first. */
  readonly around?: readonly LivePanel[]
  /** It takes the place of one that is open: what runs when a panel is opened has run. */
  readonly continues?: boolean
  readonly onNotice?: (notice: Notice) => void
  /** Opens the panel's source at a place in it, 1-based; absent where nobody can. */
  readonly onOpenSource?: (line: number, column: number | undefined) => void
  readonly nextFrame?: NextFrame
  /** What computed values are timed by; the platform's own unless given. */
  readonly now?: Now
}

const MAX_EMBEDDED_DEPTH = 8

const LOG_LINES = 500
/** Failures whose place in the source is remembered. */
const PLACES = 32

/**
 * One panel alive for one viewer: its names as signals, its events as operations and handler calls. Everything that
 * paints reads it and nothing else; it holds no DOM. `close` ends its subscriptions.
 */
export class LivePanel {
  readonly id: string
  readonly panel: Panel
  readonly mirror: PanelMirror
  /** The names of the panel's own expressions, outside any loop. */
  readonly root: Places
  readonly drafts: Drafts
  readonly files: WorkspaceFiles | undefined
  /** The components that packages brought into the workspace. */
  readonly library: Readable<PackageComponents>
  /** What the panel's handlers logged since it is open, oldest first. */
  readonly logs: Readable<readonly HandlerLog[]>
  /** What each Computed that was read costs to work out, and which are kept until asked for. */
  readonly costs: Readable<readonly ComputedCost[]>
  readonly #names: PanelScope
  readonly #signals: GraphSignals
  readonly #listeners = new Set<(notice: Notice) => void>()
  readonly #views = new Set<(request: ViewRequest) => void>()
  #opened = false
  readonly #documentStates: ReadonlySet<string>
  readonly #stops: (() => void)[] = []
  readonly #around: readonly LivePanel[]
  readonly #embedded = new Map<string, LivePanel>()
  readonly #nextFrame: NextFrame | undefined
  readonly #onOpenSource: LivePanelOptions["onOpenSource"]
  /** Where the last failures happened, by their sentence. */
  readonly #places = new Map<string, { readonly line: number; readonly column: number | undefined }>()

  constructor(options: LivePanelOptions) {
    const { id, panel, mirror } = options
    this.id = id
    this.panel = panel
    this.mirror = mirror
    this.files = options.files
    this.#around = options.around ?? []
    this.#nextFrame = options.nextFrame
    this.#opened = options.continues ?? false
    this.#onOpenSource = options.onOpenSource
    this.drafts = createDrafts(options.nextFrame)
    this.#signals = GraphSignals.of(mirror)
    this.library = this.#signals.library
    const session = mirror.session(id)
    this.#names = new PanelScope({ id, panel, signals: this.#signals, session, now: options.now })
    this.root = createRootPlaces(this.#names.root)
    this.costs = this.#names.costs.all
    this.#documentStates = new Set(panel.states.filter(({ scope }) => scope === "document").map(({ name }) => name))
    if (options.onNotice) this.#listeners.add(options.onNotice)
    const logs = createSignal<readonly HandlerLog[]>([])
    this.logs = logs
    this.#stops.push(mirror.onLog((line) => line.panel === id && logs([...logs().slice(1 - LOG_LINES), line])))
    this.#stops.push(mirror.onView((command) => command.panel === id && this.#view(command.command, command.argument)))
  }

  /** Who else caused the change that signals are telling right now. */
  get origin(): Origin | undefined {
    return this.#signals.origin
  }

  /** May this viewer write here? */
  get writable(): boolean {
    return this.mirror.role !== "viewer"
  }

  /** The panel's whole state as this viewer has it: document and session values by name. */
  get state(): JsonObject {
    const initial: { [name: string]: Json } = {}
    for (const state of this.panel.states) initial[state.name] = state.initial
    const document = this.mirror.graph.panel(this.id)?.properties.state ?? {}
    return { ...initial, ...document, ...this.mirror.session(this.id).values }
  }

  /**
   * Runs the statements of an event. Assignments take effect at once and in order; the promise resolves when every
   * handler that was called has ended. Failures become notices, and are answered as sentences.
   */
  async run(statements: string, places: Places, event?: Json): Promise<readonly string[]> {
    this.drafts.flush()
    const calls: Promise<string | undefined>[] = []
    const group = createId("event")
    const scope = event === undefined ? places.scope : { ...places.scope, $event: event }
    try {
      compileStatements(statements)({
        scope,
        call: (handler, args) => calls.push(places.inside?.call(handler, args) ?? this.trigger(handler, args)),
        assign: (root, path, value) => calls.push(this.assign(places, root, path, value, group)),
      })
    } catch (error) {
      calls.push(Promise.resolve(this.#failed(error)))
    }
    const failures = await Promise.all(calls)
    return failures.filter((failure) => failure !== undefined)
  }

  /** Sets the place that `bind` names; keystrokes of one field are undone together. */
  async write(bind: string, places: Places, value: Json, group: string): Promise<string | undefined> {
    let written: Promise<string | undefined> | undefined
    try {
      compileStatements(`${bind} = $event`)({
        scope: { ...places.scope, $event: value },
        call: () => {},
        assign: (root, path, next) => {
          written = this.assign(places, root, path, next, group)
        },
      })
    } catch (error) {
      return this.#failed(error)
    }
    return written
  }

  /** Runs a handler; answers with a sentence when it failed. */
  async trigger(handler: string, args: Json, by?: TriggeredBy): Promise<string | undefined> {
    try {
      const finished = await this.mirror.trigger(this.id, handler, args, by)
      if (finished.session) this.mirror.session(this.id).merge(finished.session)
      return finished.failure && this.#failed(new NexusError(finished.failure))
    } catch (error) {
      return this.#failed(error)
    }
  }

  /** The way to where in the source the failure with this sentence happened, where it says and somebody can open it. */
  wayTo(sentence: string): { readonly line: number; readonly open: () => void } | undefined {
    const place = this.#places.get(sentence)
    const open = this.#onOpenSource
    return place && open && { line: place.line, open: () => open(place.line, place.column) }
  }

  /** The way to a line of the source, where somebody can open it. */
  wayToLine(line: number, column?: number): (() => void) | undefined {
    const open = this.#onOpenSource
    return open && (() => open(line, column))
  }

  /** Works out a Computed that is kept until asked for. */
  recompute(name: string): void {
    this.#names.recompute(name)
  }

  /** Tells notices until stopped. */
  onNotice(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Tells what handlers ask of the view until stopped; from the first time the panel counts as opened. */
  onViewRequest(listener: (request: ViewRequest) => void): () => void {
    this.#views.add(listener)
    if (!this.#opened) {
      this.#opened = true
      this.#runLifecycle("mount")
    }
    return () => this.#views.delete(listener)
  }

  /**
   * The panel that an id or a title names, alive inside this one: the same one while its source stays the same. Throws,
   * with a sentence for the place where it should stand, when there is none or when it would stand inside itself. Read
   * it inside a signal: it changes when that panel is renamed, removed or edited.
   */
  embed(reference: string): LivePanel {
    const id = this.#signals.idOf(reference)
    const panel = this.#signals.panel(id)
    const line = [...this.#around, this]
    if (line.some((outer) => outer.id === id)) {
      const titles = [...line.slice(line.findIndex((outer) => outer.id === id)), { panel }]
      const way = titles.map((part) => `"${part.panel?.title ?? reference}"`).join(" shows ")
      throw new Error(`A panel cannot stand inside itself: ${way}.`)
    }
    if (!panel) throw new Error(`The panel "${reference}" cannot be read. Open its source to mend it.`)
    if (line.length >= MAX_EMBEDDED_DEPTH)
      throw new Error(
        `Panels stand in each other at most ${MAX_EMBEDDED_DEPTH} deep; "${panel.title}" would be deeper.`,
      )
    const known = this.#embedded.get(id)
    if (known?.panel === panel) return known
    const embedded = untracked(
      () =>
        new LivePanel({
          id,
          panel,
          mirror: this.mirror,
          around: line,
          onNotice: (notice) => this.#tell(notice),
          ...(this.files ? { files: this.files } : {}),
          ...(this.#nextFrame ? { nextFrame: this.#nextFrame } : {}),
        }),
    )
    this.#embedded.set(id, embedded)
    // Whoever reads this is in the middle of painting the old one; it is closed when that is over.
    if (known) queueMicrotask(() => known.close())
    return embedded
  }

  /** Whether somebody looks at it, so that what runs when a panel is opened has run. */
  get opened(): boolean {
    return this.#opened
  }

  /** `continued`: another takes its place on the screen, so nothing that runs at the end is run. */
  close(how: "continued" | "ended" = "ended"): void {
    this.drafts.close()
    for (const embedded of this.#embedded.values()) embedded.close()
    this.#embedded.clear()
    if (this.#opened && how === "ended") this.#runLifecycle("unmount")
    for (const stop of this.#stops) stop()
    this.#listeners.clear()
  }

  /** Only for someone who is there and may write: a preview and a mere viewer run nothing. */
  #runLifecycle(on: "mount" | "unmount"): void {
    if (!this.mirror.viewer || !this.writable) return
    for (const lifecycle of this.panel.lifecycles) if (lifecycle.on === on) void this.trigger(lifecycle.run, {}, on)
  }

  /** What the View of a package's component says; `undefined` where no package brings it. */
  component(name: string): PackageComponent | undefined {
    return this.#signals.component(name)
  }

  /** Sets the place that `root` and `path` name; answers with a sentence when it failed. */
  async assign(places: Places, root: string, path: Place, value: Json, group: string): Promise<string | undefined> {
    try {
      const taken = places.inside?.write(root, path, value, group)
      if (taken) return await taken
      const place = root === "$state" ? path : places.resolve(root, path, this.state)
      const [name] = place ?? []
      if (!place || typeof name !== "string") {
        throw new Error(`"${root}" is not part of this panel's state; a computed copy cannot be written.`)
      }
      const fresh = jsonAt(place, value)
      if (!this.#documentStates.has(name)) return this.#assignSession(place, fresh)
      await this.mirror.submit([this.#operation(place, name, fresh)], `set ${name}`, { group })
      return undefined
    } catch (error) {
      return this.#failed(error, value)
    }
  }

  #operation(place: Place, name: string, value: Json): Operation {
    const state = this.mirror.graph.panel(this.id)?.properties.state ?? {}
    // A state that was never written stands in the source only: its first write is whole.
    const written = Object.hasOwn(state, name)
    const path = written ? toStatePath(state, place) : [name]
    const next = written ? value : withValue(this.state[name], place.slice(1), value)
    if (!path || next === undefined) throw new Error(`${place.join(".")} is not there any more.`)
    return { kind: "state_set", panel: this.id, path: [...path], value: next }
  }

  #assignSession(place: Place, value: Json): undefined {
    const [name, ...rest] = place
    const next = withValue(this.state[String(name)], rest, value)
    if (next === undefined) throw new Error(`${place.join(".")} is not there any more.`)
    this.mirror.session(this.id).merge({ [String(name)]: next })
    return undefined
  }

  /** `lost` is what the viewer gave and the state does not hold: it is said, so that it can be given again. */
  #failed(error: unknown, lost?: Json): string {
    const failure = error instanceof NexusError ? error.failure : undefined
    const reason = failure ? sentenceOf(failure) : error instanceof Error ? error.message : String(error)
    const message = lost === undefined ? reason : `Not saved: ${briefly(lost)}. ${reason}`
    if (failure && "line" in failure && failure.line !== undefined) {
      const [oldest] = this.#places.keys()
      if (this.#places.size >= PLACES && oldest !== undefined) this.#places.delete(oldest)
      this.#places.set(message, { line: failure.line, column: failure.column })
    }
    this.#tell({ kind: "failure", panel: this.id, message, failure })
    return message
  }

  #view(command: string, argument: Json): void {
    const fields: JsonObject =
      typeof argument === "object" && argument !== null && !Array.isArray(argument) ? (argument as JsonObject) : {}
    const text = String(fields.message ?? fields.target ?? argument)
    if (command === "toast") {
      const tone = typeof fields.tone === "string" ? fields.tone : undefined
      this.#tell({ kind: "toast", panel: this.id, message: text, tone })
    } else if (command === "open") this.#tell({ kind: "open", panel: this.id, target: text })
    else if (command === "focus" || command === "scrollTo") {
      for (const listener of this.#views) listener({ kind: command, target: text })
    }
  }

  #tell(notice: Notice): void {
    for (const listener of this.#listeners) listener(notice)
  }
}

const BRIEF = 80

/** A value as one reads it in a sentence. */
function briefly(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > BRIEF ? `${text.slice(0, BRIEF)}…` : text
}

/** A living panel over a workspace's mirror. */
export function createLivePanel(options: LivePanelOptions): LivePanel {
  return new LivePanel(options)
}
