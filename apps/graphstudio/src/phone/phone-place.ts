import * as z from "zod"
import { studio, useStudio } from "../workspace/studio.ts"
import { isPhone, onPhoneChange } from "./use-phone.ts"

/**
 * Where a phone is in a workspace: at one panel, or at the canvas. A workspace opens where this person left it, and the
 * first time at its first panel: on a small window all of a canvas is a map, and a map is not what one came for.
 */
const Place = z.object({ panel: z.string(), onCanvas: z.boolean() })
type Place = z.infer<typeof Place>

/** Before the workspace is first painted; a wide window has nothing to do with it. */
export function beginOnPhone(workspace: string): void {
  if (!isPhone()) return
  const { panel, onCanvas } = read(workspace)
  studio.set({ filling: onCanvas ? undefined : panel, inspector: { open: false, tab: "values" } })
}

/** A window that becomes as narrow as a phone, or is turned, begins as one there; a wide one shows its canvas. */
export function followWindow(workspace: string): () => void {
  return onPhoneChange(() => (isPhone() ? beginOnPhone(workspace) : studio.set({ filling: undefined })))
}

export function rememberPanel(workspace: string, panel: string): void {
  write(workspace, { panel, onCanvas: false })
}

/** All of the canvas, as a map. */
export function showCanvas(workspace: string): void {
  write(workspace, { ...read(workspace), onCanvas: true })
  studio.set({ filling: undefined, drawer: undefined })
}

/** One panel at a time: the one that is chosen on the canvas, or the one that was left for it. */
export function showPanels(workspace: string): void {
  const [chosen] = useStudio.getState().selection
  studio.set({ filling: chosen ?? read(workspace).panel, drawer: undefined })
}

function read(workspace: string): Place {
  try {
    const stored = Place.safeParse(JSON.parse(localStorage.getItem(keyOf(workspace)) ?? "null")).data
    return stored ?? { panel: "", onCanvas: false }
  } catch {
    return { panel: "", onCanvas: false }
  }
}

function write(workspace: string, place: Place): void {
  localStorage.setItem(keyOf(workspace), JSON.stringify(place))
}

function keyOf(workspace: string): string {
  return `nexus.phone.${workspace}`
}
