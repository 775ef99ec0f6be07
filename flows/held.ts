import type { CDPSession, Page } from "playwright-core"

/** What a page holds after its garbage was collected. */
export interface Held {
  /** By what is listened for, on the window and on the document. */
  readonly listeners: Readonly<Record<string, number>>
  /** Of each of these classes, how many are alive. */
  readonly objects: Readonly<Record<string, number>>
  readonly nodes: number
}

const CLASSES = ["WebSocket", "BroadcastChannel", "IDBDatabase", "Worker", "ResizeObserver", "IntersectionObserver"]

/** Looks into a page as the browser's own tools do. */
export async function createHeldLook(page: Page): Promise<() => Promise<Held>> {
  const tools = await page.context().newCDPSession(page)
  await tools.send("Performance.enable")
  return async () => {
    await tools.send("HeapProfiler.collectGarbage")
    const listeners = { ...(await listenersOf(tools, "window")), ...(await listenersOf(tools, "document")) }
    const objects: Record<string, number> = {}
    for (const name of CLASSES) objects[name] = await countOf(tools, name)
    const { metrics } = await tools.send("Performance.getMetrics")
    return { listeners, objects, nodes: metrics.find(({ name }) => name === "Nodes")?.value ?? 0 }
  }
}

async function listenersOf(tools: CDPSession, target: "window" | "document"): Promise<Record<string, number>> {
  const { result } = await tools.send("Runtime.evaluate", { expression: target })
  const { listeners } = await tools.send("DOMDebugger.getEventListeners", { objectId: result.objectId ?? "" })
  const counts: Record<string, number> = {}
  for (const { type } of listeners) counts[`${target} ${type}`] = (counts[`${target} ${type}`] ?? 0) + 1
  return counts
}

async function countOf(tools: CDPSession, name: string): Promise<number> {
  const { result } = await tools.send("Runtime.evaluate", { expression: `${name}.prototype` })
  const { objects } = await tools.send("Runtime.queryObjects", { prototypeObjectId: result.objectId ?? "" })
  const { objectId = "" } = objects
  const length = await tools.send("Runtime.callFunctionOn", {
    objectId,
    functionDeclaration: "function () { return this.length }",
    returnByValue: true,
  })
  await tools.send("Runtime.releaseObject", { objectId })
  return Number(length.result.value)
}
