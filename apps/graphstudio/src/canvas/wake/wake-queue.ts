/**
 * Panels that are to come alive, one after another, in the time that the browser has left between two frames. All that a
 * hand pulled into sight used to be mounted in one go, which was a frame of fifty milliseconds with every new row.
 */
export interface WakeQueue {
  /** Runs `wake` when its turn has come; what it gives back takes it out of the row. */
  add(wake: () => void): () => void
}

/** Runs `work` when there is time. */
export type Idle = (work: () => void) => void

export function createWakeQueue(idle: Idle): WakeQueue {
  const waiting = new Set<() => void>()
  let asked = false
  const ask = () => {
    if (asked) return
    asked = true
    idle(() => {
      asked = false
      const [next] = waiting
      if (!next) return
      waiting.delete(next)
      if (waiting.size > 0) ask()
      next()
    })
  }
  return {
    add(wake) {
      waiting.add(wake)
      ask()
      return () => waiting.delete(wake)
    },
  }
}
