import { type Change, type Graph, type Lifecycle, sentenceOf } from "@nexus/protocol"
import { Cron } from "croner"
import { checkCapability } from "../capabilities/grants.ts"
import type { Sources } from "./sources.ts"
import type { TriggerRequest, TriggerResult } from "./workspace.ts"

/**
 * `<Lifecycle on="schedule">`: the kernel runs the handler while the workspace is open, if a person granted the panel
 * `time`. One timer per declaration, set anew after each run, so that a slow handler never piles up; every change that
 * touches a source or a grant works out the timers again.
 */
export interface ScheduleOptions {
  readonly graph: Graph
  readonly sources: Sources
  readonly clock: () => number
  readonly trigger: (request: TriggerRequest) => Promise<TriggerResult>
  readonly log: (message: string, detail: object) => void
}

const LEAST_MS = 1000
/** The longest a timer can count. */
const MOST_MS = 2 ** 31 - 1

interface Appointment {
  readonly panel: string
  readonly lifecycle: Lifecycle
  timer: NodeJS.Timeout
}

export class Schedule {
  readonly #options: ScheduleOptions
  readonly #appointments = new Map<string, Appointment>()
  #closed = false

  constructor(options: ScheduleOptions) {
    this.#options = options
    this.#arrange()
  }

  /** Something will be due. */
  get waits(): boolean {
    return this.#appointments.size > 0
  }

  onChange({ operations }: Change): void {
    const bears = operations.some(
      ({ kind }) =>
        kind === "panel_source" || kind === "panel_grant" || kind === "entity_add" || kind === "entity_remove",
    )
    if (bears) this.#arrange()
  }

  close(): void {
    this.#closed = true
    for (const { timer } of this.#appointments.values()) clearTimeout(timer)
    this.#appointments.clear()
  }

  #arrange(): void {
    const wanted = this.#wanted()
    for (const [key, { timer }] of this.#appointments) {
      if (wanted.has(key)) continue
      clearTimeout(timer)
      this.#appointments.delete(key)
    }
    for (const [key, { panel, lifecycle }] of wanted) {
      if (!this.#appointments.has(key)) this.#appoint(key, panel, lifecycle)
    }
  }

  #wanted(): Map<string, { readonly panel: string; readonly lifecycle: Lifecycle }> {
    const { graph, sources } = this.#options
    const wanted = new Map<string, { panel: string; lifecycle: Lifecycle }>()
    for (const entity of graph.panels()) {
      const panel = sources.of(entity)
      if (!panel?.lifecycles.some(({ on }) => on === "schedule")) continue
      if (checkCapability(entity, panel, { type: "time", scope: "" })) continue
      for (const lifecycle of panel.lifecycles) {
        if (lifecycle.on !== "schedule") continue
        const { run, everyMs, cron } = lifecycle
        wanted.set(JSON.stringify([entity.id, run, everyMs, cron]), { panel: entity.id, lifecycle })
      }
    }
    return wanted
  }

  #appoint(key: string, panel: string, lifecycle: Lifecycle): void {
    const delayMs = this.#delayMs(lifecycle)
    if (delayMs === undefined || this.#closed) return
    const timer = setTimeout(
      () => {
        const run = delayMs > MOST_MS ? Promise.resolve() : this.#run(panel, lifecycle.run)
        run.finally(() => {
          if (this.#appointments.get(key)?.timer === timer) this.#appoint(key, panel, lifecycle)
        })
      },
      Math.min(delayMs, MOST_MS),
    )
    this.#appointments.set(key, { panel, lifecycle, timer })
  }

  #delayMs({ everyMs, cron }: Lifecycle): number | undefined {
    if (everyMs !== undefined) return Math.max(LEAST_MS, everyMs)
    const now = new Date(this.#options.clock())
    try {
      const next = cron === undefined ? null : new Cron(cron, { timezone: "UTC" }).nextRun(now)
      return next ? Math.max(LEAST_MS, next.getTime() - now.getTime()) : undefined
    } catch (error) {
      this.#options.log("a schedule cannot be read", { cron, error: String(error) })
      return undefined
    }
  }

  async #run(panel: string, handler: string): Promise<void> {
    try {
      const result = await this.#options.trigger({ panel, handler, args: {}, trigger: "schedule" })
      if (result.failure)
        this.#options.log("a scheduled run failed", { panel, handler, why: sentenceOf(result.failure) })
    } catch (error) {
      this.#options.log("a scheduled run did not start", { panel, handler, error: String(error) })
    }
  }
}
