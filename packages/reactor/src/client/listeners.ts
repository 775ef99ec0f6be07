/** Who wants to be told. A listener that throws is reported and does not keep the others from hearing. */
export class Listeners<Told extends readonly unknown[]> {
  readonly #all = new Set<(...told: Told) => unknown>()

  add(listener: (...told: Told) => unknown): () => void {
    this.#all.add(listener)
    return () => this.#all.delete(listener)
  }

  tell(...told: Told): void {
    for (const listener of [...this.#all]) {
      try {
        listener(...told)
      } catch (error) {
        reportError(error)
      }
    }
  }
}

function reportError(error: unknown): void {
  if (typeof globalThis.reportError === "function") globalThis.reportError(error)
  else console.error(error)
}
