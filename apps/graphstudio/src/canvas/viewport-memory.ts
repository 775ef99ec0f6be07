import type { Viewport } from "@xyflow/react"
import * as z from "zod"

const Stored = z.object({ x: z.number(), y: z.number(), zoom: z.number().min(0.1).max(2), window: z.number() })

/** A window this much wider or narrower than then shows another stretch of canvas; everything is fitted instead. */
const OTHER_WINDOW = 200

/** Where this person last looked in a workspace, from a window about as wide as this one. */
export function readViewport(workspace: string): Viewport | undefined {
  try {
    const stored = Stored.safeParse(JSON.parse(localStorage.getItem(`nexus.view.${workspace}`) ?? "null")).data
    return stored && Math.abs(stored.window - innerWidth) <= OTHER_WINDOW ? stored : undefined
  } catch {
    return undefined
  }
}

export function writeViewport(workspace: string, { x, y, zoom }: Viewport): void {
  localStorage.setItem(`nexus.view.${workspace}`, JSON.stringify({ x, y, zoom, window: innerWidth }))
}
