import { create } from "zustand"
import type { Guide } from "./snapping.ts"

const KEY = "nexus.snapping"

/** How far a hand may be from a line to be pulled there, in pixels of the screen. */
export const PULL = 6

/** The lines under the hand right now, and whether this device wants any. */
export const useGuides = create<{ readonly guides: readonly Guide[]; readonly on: boolean }>(() => ({
  guides: [],
  on: globalThis.localStorage?.getItem(KEY) !== "off",
}))

export function showGuides(guides: readonly Guide[]): void {
  if (guides.length > 0 || useGuides.getState().guides.length > 0) useGuides.setState({ guides })
}

export function switchSnapping(on: boolean): void {
  localStorage.setItem(KEY, on ? "on" : "off")
  useGuides.setState({ on })
}
