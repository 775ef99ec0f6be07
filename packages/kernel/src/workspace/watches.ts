import {
  type Change,
  equalJson,
  type Failure,
  type Graph,
  type Json,
  type Operation,
  type PanelEntity,
  resolvePanel,
  type Seq,
  sentenceOf,
} from "@nexus/protocol"
import { evaluateBinding, sessionOf, worldOf } from "@nexus/reactor"
import type { Sources } from "./sources.ts"
import type { TriggerRequest, TriggerResult } from "./workspace.ts"

/**
 * `<Lifecycle on="change" watch="{…}">`: after each durable change that bears on the panel or on what it imports, the
 * watched expression is evaluated over the confirmed world; when its value is another than before, the handler runs.
 * Each change is looked at by itself, so that `parent` names the one that set the run off. While a handler runs, further
 * changes make one more run and no queue. What a panel sets off by its own writing is counted: a circle ends after a few
 * rounds, and goes on when somebody else changes something.
 */
export interface WatchesOptions {
  readonly graph: Graph
  readonly sources: Sources
  readonly trigger: (request: TriggerRequest) => Promise<TriggerResult>
  /** A panel set itself off too often; `change` is the last that it made. */
  readonly onStopped: (panel: string, handler: string, failure: Failure, change: Change) => void
  readonly log: (message: string, detail: object) => void
}

/** How often in a row a panel may set itself off. */
const MOST_IN_A_ROW = 10

interface Watched {
  readonly key: string
  readonly panel: string
  readonly handler: string
  readonly text: string
  /** The panels whose changes bear on the value: its own, and those it imports from, however far. */
  reads: ReadonlySet<string>
  /** The last value; a failing expression leaves it as it was. */
  value: Json | undefined
  failing: boolean
  running: boolean
  /** The change for which it must run once more. */
  due: Seq | undefined
}

export class Watches {
  readonly #options: WatchesOptions
  #watched: ReadonlyMap<string, Watched> = new Map()
  /** How often in a row a panel has set itself off. */
  readonly #inARow = new Map<string, number>()
  #closed = false

  constructor(options: WatchesOptions) {
    this.#options = options
    this.#arrange(new Set())
  }

  onChange(change: Change): void {
    const saved = savedPanels(change.operations)
    if (saved) this.#arrange(saved)
    if (this.#watched.size === 0 || this.#closed) return
    const touched = new Set(change.operations.flatMap((operation) => ("panel" in operation ? [operation.panel] : [])))
    const bearing = [...this.#watched.values()].filter(({ reads }) => saved || !reads.isDisjointFrom(touched))
    const { run } = change.cause
    const own = run?.trigger === "change" ? run.panel : undefined
    for (const { panel } of bearing) if (panel !== own) this.#inARow.delete(panel)
    for (const watched of bearing) if (this.#differs(watched)) this.#setOff(watched, change, watched.panel === own)
  }

  close(): void {
    this.#closed = true
  }

  /** What the panels declare now. A panel that was saved starts anew: its first value is only remembered. */
  #arrange(saved: ReadonlySet<string>): void {
    const { graph, sources } = this.#options
    const wanted = new Map<string, Watched>()
    for (const entity of graph.panels()) {
      if (saved.has(entity.id)) this.#inARow.delete(entity.id)
      for (const { on, run, watch } of sources.of(entity)?.lifecycles ?? []) {
        if (on !== "change" || !watch) continue
        const key = JSON.stringify([entity.id, run, watch.text])
        const reads = this.#readsOf(entity, new Set())
        const known = saved.has(entity.id) ? undefined : this.#watched.get(key)
        if (known) known.reads = reads
        wanted.set(key, known ?? this.#begin({ key, panel: entity.id, handler: run, text: watch.text, reads }))
      }
    }
    this.#watched = wanted
  }

  #begin(declared: Pick<Watched, "key" | "panel" | "handler" | "text" | "reads">): Watched {
    const watched: Watched = { ...declared, value: undefined, failing: false, running: false, due: undefined }
    this.#differs(watched)
    return watched
  }

  #readsOf(entity: PanelEntity, seen: Set<string>): Set<string> {
    const { graph, sources } = this.#options
    seen.add(entity.id)
    for (const { panel } of sources.of(entity)?.imports ?? []) {
      const other = resolvePanel(graph, panel)
      if (other && !seen.has(other.id)) this.#readsOf(other, seen)
    }
    return seen
  }

  /** Evaluates and remembers. */
  #differs(watched: Watched): boolean {
    const { graph, sources, log } = this.#options
    const entity = graph.panel(watched.panel)
    const panel = entity && sources.of(entity)
    if (!entity || !panel) return false
    const { state, computed, imports } = worldOf(graph, sources, entity, panel, sessionOf(panel, undefined))
    const { title, version, description } = panel
    const scope = { $state: state, $computed: computed, $imports: imports, $panel: { title, version, description } }
    try {
      const value = evaluateBinding(watched.text, scope)
      const same = equalJson(value, watched.value)
      watched.failing = false
      watched.value = value
      return !same
    } catch (error) {
      const { panel: id, text } = watched
      if (!watched.failing) log("a watched expression fails", { panel: id, watch: text, error: String(error) })
      watched.failing = true
      return false
    }
  }

  #setOff(watched: Watched, change: Change, own: boolean): void {
    const { panel, handler } = watched
    if (own) {
      const used = (this.#inARow.get(panel) ?? 0) + 1
      this.#inARow.set(panel, used)
      if (used > MOST_IN_A_ROW) {
        const what = `runs of "${handler}" that its own panel sets off in a row`
        const failure: Failure = { code: "quota-exceeded", what, limit: MOST_IN_A_ROW, used }
        this.#options.log("a panel goes in a circle and was stopped", { panel, handler, why: sentenceOf(failure) })
        this.#options.onStopped(panel, handler, failure, change)
        return
      }
    }
    if (watched.running) watched.due = change.seq
    else void this.#run(watched, change.seq)
  }

  async #run(watched: Watched, parent: Seq): Promise<void> {
    const { panel, handler, key } = watched
    watched.running = true
    watched.due = undefined
    try {
      const result = await this.#options.trigger({ panel, handler, args: {}, trigger: "change", parent })
      if (result.failure)
        this.#options.log("a run set off by a change failed", { panel, handler, why: sentenceOf(result.failure) })
    } catch (error) {
      this.#options.log("a run set off by a change did not start", { panel, handler, error: String(error) })
    }
    watched.running = false
    if (watched.due !== undefined && !this.#closed && this.#watched.get(key) === watched) {
      await this.#run(watched, watched.due)
    }
  }
}

/** The panels whose source is new in this list; `undefined` when nothing in it bears on what panels declare. */
function savedPanels(operations: readonly Operation[]): Set<string> | undefined {
  let saved: Set<string> | undefined
  for (const operation of operations) {
    const { kind } = operation
    if (kind !== "panel_source" && kind !== "entity_add" && kind !== "entity_remove") continue
    saved ??= new Set()
    if (kind === "panel_source") saved.add(operation.panel)
    if (kind === "entity_add") saved.add(operation.entity.id)
  }
  return saved
}
