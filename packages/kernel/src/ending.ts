import { performance } from "node:perf_hooks"

/**
 * How a kernel ends: part by part, the last opened first, each within its own limit and all within one. A part that
 * does not end in time is left to the process's end and named in the log; nothing that was acknowledged depends on any
 * of them. The same way leads out of a start that failed half way.
 */
export interface Ending {
  /**
   * `close` is called once, when the time comes, with the time that is left for it; the parts opened before this one
   * are still open then.
   */
  add(part: string, limitMs: number, close: Close): void
  run(): Promise<void>
}

type Close = (withinMs: number) => unknown

export function createEnding(withinMs: number, log: (message: string, detail: object) => void): Ending {
  const parts: { readonly part: string; readonly limitMs: number; readonly close: Close }[] = []
  let ended: Promise<void> | undefined

  async function end(): Promise<void> {
    const deadline = performance.now() + withinMs
    for (const { part, limitMs, close } of parts.reverse()) {
      const left = Math.max(0, Math.min(limitMs, deadline - performance.now()))
      const problem = await outcome(close, left)
      if (problem) log("a part did not close well", { part, problem })
    }
  }

  return {
    add: (part, limitMs, close) => void parts.push({ part, limitMs, close }),
    run: () => {
      ended ??= end()
      return ended
    },
  }
}

/** What went wrong, if something did. */
async function outcome(close: Close, limitMs: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`not done after ${Math.round(limitMs)} ms`), limitMs)
  })
  try {
    return await Promise.race([(async () => void (await close(limitMs)))(), late])
  } catch (error) {
    return String(error)
  } finally {
    clearTimeout(timer)
  }
}
