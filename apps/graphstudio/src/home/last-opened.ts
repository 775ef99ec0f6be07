import * as z from "zod"

const KEY = "nexus.opened"
const KEPT = 100
const Opened = z.record(z.string().max(100), z.number())

/** When each workspace was last opened on this device, in ms since the epoch. */
export function lastOpened(): Readonly<Record<string, number>> {
  try {
    return Opened.parse(JSON.parse(localStorage.getItem(KEY) ?? "{}"))
  } catch {
    return {}
  }
}

export function noteOpened(workspace: string): void {
  const newest = Object.entries({ ...lastOpened(), [workspace]: Date.now() })
    .sort(([, one], [, other]) => other - one)
    .slice(0, KEPT)
  localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(newest)))
}
