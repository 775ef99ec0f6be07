import type { CDPSession, Page } from "playwright-core"

interface TraceEvent {
  readonly name: string
  readonly ts: number
}

const PAN_PX = 900
const SPEED = 900

/**
 * Pans the canvas by real wheel events, there or back, and answers the mean time from one drawn frame to the next in ms,
 * as Chromium's own trace has it. A mean and not a median: a frame that is missed must count.
 */
export async function createPanning(page: Page): Promise<(back: boolean) => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  return async (back) => {
    const distance = back ? PAN_PX : -PAN_PX
    const events = await traced(session, () =>
      session.send("Input.synthesizeScrollGesture", {
        x: 720,
        y: 450,
        xDistance: distance,
        yDistance: distance / 3,
        speed: SPEED,
        gestureSourceType: "mouse",
      }),
    )
    const drawn = events.filter(({ name }) => name === "DrawFrame").map(({ ts }) => ts / 1000)
    drawn.sort((a, b) => a - b)
    const [first] = drawn
    const last = drawn.at(-1)
    if (first === undefined || last === undefined || drawn.length < 3) throw new Error(`${drawn.length} frames drawn`)
    return (last - first) / (drawn.length - 1)
  }
}

async function traced(session: CDPSession, work: () => Promise<unknown>): Promise<readonly TraceEvent[]> {
  const events: TraceEvent[] = []
  const collect = ({ value }: { value: readonly object[] }) => events.push(...(value as readonly TraceEvent[]))
  session.on("Tracing.dataCollected", collect)
  await session.send("Tracing.start", {
    traceConfig: { includedCategories: ["disabled-by-default-devtools.timeline.frame", "devtools.timeline.frame"] },
    transferMode: "ReportEvents",
  })
  await work()
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve))
  await session.send("Tracing.end")
  await complete
  session.off("Tracing.dataCollected", collect)
  return events
}
