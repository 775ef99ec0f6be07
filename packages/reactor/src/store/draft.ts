/**
 * What is being typed or dragged and not written yet. Writes to the same place within one frame become one: a fast
 * typist submits at most one operation a frame. `flush` writes at once; whatever reads the state for others (a handler
 * call, a form's submit) flushes first.
 */
export interface Drafts {
  /** Writes `write` at the next frame, instead of what was put for `place` before. */
  put(place: string, write: () => void): void
  flush(): void
  close(): void
}

/** Runs `run` at the next frame and answers with what cancels it. */
export type NextFrame = (run: () => void) => () => void

/** The browser's next frame; where there are none, the end of the current task. */
export const nextFrame: NextFrame = (run) => {
  if (typeof requestAnimationFrame === "function" && globalThis.document?.visibilityState === "visible") {
    const frame = requestAnimationFrame(run)
    return () => cancelAnimationFrame(frame)
  }
  let cancelled = false
  queueMicrotask(() => {
    if (!cancelled) run()
  })
  return () => {
    cancelled = true
  }
}

export function createDrafts(schedule: NextFrame = nextFrame): Drafts {
  const writes = new Map<string, () => void>()
  let cancel: (() => void) | undefined
  const flush = () => {
    cancel?.()
    cancel = undefined
    const due = [...writes.values()]
    writes.clear()
    for (const write of due) write()
  }
  return {
    put(place, write) {
      writes.delete(place)
      writes.set(place, write)
      cancel ??= schedule(flush)
    },
    flush,
    close: flush,
  }
}
