import { create } from "zustand"
import { say } from "../../words/say.ts"

/** Waking two hundred takes a second or two; a page that is slower by far than that is better asked again. */
const LONGEST_MS = 30_000

/** Whether every panel is to be alive, in sight or not: while a picture of them all is taken. */
export const useAllAwake = create<{ readonly all: boolean }>(() => ({ all: false }))

/** Does `work` with every panel of the canvas on the page and alive, wherever one looks. */
export async function withAllAwake<Value>(work: () => Promise<Value>): Promise<Value> {
  useAllAwake.setState({ all: true })
  try {
    const latest = performance.now() + LONGEST_MS
    do await frames(2)
    while (document.querySelector(".nx-asleep") && performance.now() < latest)
    if (document.querySelector(".nx-asleep")) throw new Error(say("Some panels did not wake in time. Try again."))
    return await work()
  } finally {
    useAllAwake.setState({ all: false })
  }
}

async function frames(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await new Promise((done) => requestAnimationFrame(done))
}
