import type { Viewport } from "@xyflow/react"
import * as z from "zod"

const Stored = z.object({ x: z.number(), y: z.number(), zoom: z.number().min(0.1).max(2) })

/** Where this person last looked in a workspace. */
export function readViewport(workspace: string): Viewport | undefined {
  try {
    return Stored.safeParse(JSON.parse(localStorage.getItem(`nexus.view.${workspace}`) ?? "null")).data
  } catch {
    return undefined
  }
}

export function writeViewport(workspace: string, viewport: Viewport): void {
  localStorage.setItem(`nexus.view.${workspace}`, JSON.stringify(viewport))
}
