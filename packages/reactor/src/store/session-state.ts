import type { Json, JsonObject } from "@nexus/protocol"
import { batch, createSignal, type Writable } from "./signal.ts"

/** The session-scoped state of one panel for this viewer: kept in memory, told to nobody but the panel's own handlers. */
export class SessionState {
  #values: JsonObject = {}
  readonly #signals = new Map<string, Writable<Json | undefined>>()

  get values(): JsonObject {
    return this.#values
  }

  /** Reads one value; whoever reads it inside a signal is woken when it is written. */
  get(name: string): Json | undefined {
    let signal = this.#signals.get(name)
    if (!signal) {
      signal = createSignal(Object.hasOwn(this.#values, name) ? this.#values[name] : undefined)
      this.#signals.set(name, signal)
    }
    return signal()
  }

  /** Replaces the named values, keeps the others. */
  merge(values: JsonObject): void {
    this.#values = { ...this.#values, ...values }
    batch(() => {
      for (const [name, value] of Object.entries(values)) this.#signals.get(name)?.(value)
    })
  }
}
