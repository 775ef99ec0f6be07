import type { Json, JsonObject } from "@nexus/protocol"

/** The session-scoped state of one panel for this viewer: kept in memory, told to nobody but the panel's own handlers. */
export class SessionState {
  #values: JsonObject = {}
  readonly #listeners = new Set<(names: readonly string[]) => void>()

  get values(): JsonObject {
    return this.#values
  }

  get(name: string): Json | undefined {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined
  }

  /** Replaces the named values, keeps the others. */
  merge(values: JsonObject): void {
    const names = Object.keys(values)
    if (names.length === 0) return
    this.#values = { ...this.#values, ...values }
    for (const listener of this.#listeners) listener(names)
  }

  /** Tells the names that were written; the answer stops it. */
  onWritten(listener: (names: readonly string[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
