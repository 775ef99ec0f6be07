import * as z from "zod"

const KEY = "nexus.recent-commands"
const KEPT = 6
const Names = z.array(z.string().max(300))

/** What was last chosen from the palette on this device, newest first. */
export function recentCommands(): readonly string[] {
  try {
    return Names.parse(JSON.parse(localStorage.getItem(KEY) ?? "[]"))
  } catch {
    return []
  }
}

export function noteCommand(name: string): void {
  const others = recentCommands().filter((other) => other !== name)
  localStorage.setItem(KEY, JSON.stringify([name, ...others].slice(0, KEPT)))
}
