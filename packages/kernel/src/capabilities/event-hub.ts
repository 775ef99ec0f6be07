import { type Json, matchesGlob, NexusError } from "@nexus/protocol"

/**
 * What was said lately in one workspace, and who waits to hear more. Only memory: an event is a word between runs, what
 * must be kept is state. Everything is bounded: how much is remembered, how many wait, how fast is spoken.
 */
export interface NexusEvent {
  /** Grows from event to event, also over a restart. */
  readonly cursor: number
  readonly name: string
  readonly payload: Json
  readonly from: { readonly panel: string; readonly title: string }
  /** How many events set each other off up to this one. */
  readonly depth: number
  readonly at: number
}

/** What a run, or a chain of them, heard last. */
export interface Heard {
  depth: number
}

/** What a run brings along when its handler speaks or listens. */
export interface EventCalls {
  readonly hub: EventHub
  readonly from: { readonly panel: string; readonly title: string }
  /** What the chain of runs heard last, and so how deep its next word is. */
  readonly heard: Heard
}

const MOST_REMEMBERED = 256
const MOST_WAITING = 500
const MOST_SAID = 1000
const WITHIN_MS = 10_000

interface Listener {
  readonly glob: string
  readonly hear: (event: NexusEvent) => void
}

export class EventHub {
  readonly #clock: () => number
  readonly #listeners = new Set<Listener>()
  #recent: NexusEvent[] = []
  #cursor: number
  #said = { since: 0, count: 0 }

  constructor(clock: () => number) {
    this.#clock = clock
    this.#cursor = clock() * 1000
  }

  /** Tells everybody who waits; answers with its cursor. Throws `rate-limited`. */
  emit(event: Pick<NexusEvent, "name" | "payload" | "from" | "depth">): number {
    const at = this.#clock()
    if (at - this.#said.since >= WITHIN_MS) this.#said = { since: at, count: 0 }
    if (this.#said.count >= MOST_SAID) {
      throw new NexusError({ code: "rate-limited", retryAfterMs: this.#said.since + WITHIN_MS - at })
    }
    this.#said.count += 1
    this.#cursor += 1
    const said: NexusEvent = { ...event, cursor: this.#cursor, at }
    this.#recent.push(said)
    if (this.#recent.length > MOST_REMEMBERED) this.#recent = this.#recent.slice(-MOST_REMEMBERED)
    for (const listener of [...this.#listeners]) if (matchesGlob(listener.glob, said.name)) listener.hear(said)
    return said.cursor
  }

  /**
   * The first event that `glob` matches: of those after the cursor, or from now on. `missed`: what was said right after
   * the cursor is no longer remembered. `undefined` when none came within `timeoutMs`.
   */
  next(
    glob: string,
    {
      after,
      timeoutMs,
      signal,
    }: { readonly after: number | undefined; readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<(NexusEvent & { readonly missed: boolean }) | undefined> {
    const missed = after !== undefined && this.#forgot(after)
    const said =
      after === undefined
        ? undefined
        : this.#recent.find((event) => event.cursor > after && matchesGlob(glob, event.name))
    if (said) return Promise.resolve({ ...said, missed })
    if (this.#listeners.size >= MOST_WAITING) {
      throw new NexusError({ code: "too-large", what: "crowd of listeners", limit: MOST_WAITING, unit: "waiting runs" })
    }
    return new Promise((resolve, reject) => {
      const end = () => {
        this.#listeners.delete(listener)
        clearTimeout(timer)
        signal.removeEventListener("abort", abort)
      }
      const abort = () => {
        end()
        reject(signal.reason)
      }
      const listener: Listener = {
        glob,
        hear: (event) => {
          end()
          resolve({ ...event, missed })
        },
      }
      const timer = setTimeout(() => {
        end()
        resolve(undefined)
      }, timeoutMs)
      if (signal.aborted) return abort()
      signal.addEventListener("abort", abort)
      this.#listeners.add(listener)
    })
  }

  #forgot(after: number): boolean {
    const oldest = this.#recent[0]
    return oldest !== undefined && oldest.cursor > after + 1 && this.#recent.length === MOST_REMEMBERED
  }
}
