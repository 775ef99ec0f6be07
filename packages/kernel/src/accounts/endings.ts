/**
 * Who must stop at once. A socket was let in once and then trusted; when the sign-in or the key it came with ends, it is
 * told here, in the same turn in which the row is written, so that "signed out everywhere" includes what is open.
 */
export interface Ended {
  readonly user: string
  /** The sessions, or keys, that ended. */
  readonly ids: readonly string[]
}

export interface Endings {
  tell(ended: Ended): void
  /** Hears of every ending until the function it gives is called. */
  on(listener: (ended: Ended) => void): () => void
}

export function createEndings(): Endings {
  const listeners = new Set<(ended: Ended) => void>()
  return {
    tell: (ended) => {
      for (const listener of listeners) listener(ended)
    },
    on: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
