import type { TimelineEntry } from "../timeline/twin.ts"

const KEPT = 500

/** Events as they stand in the list: newest first, each once, the oldest let go. */
export function gather(known: readonly TimelineEntry[], came: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const seen = new Set(known.map(keyOf))
  const fresh = came.filter((entry) => !seen.has(keyOf(entry)))
  if (fresh.length === 0) return known
  return [...fresh, ...known].sort((a, b) => b.at - a.at).slice(0, KEPT)
}

/** Two that cannot be told apart are one. */
export function keyOf({ at, type, seq, run, summary }: TimelineEntry): string {
  return JSON.stringify([at, type, seq ?? 0, run ?? "", summary])
}

/** The same, each with the name of who did it where that is known. */
export function named(
  events: readonly TimelineEntry[],
  nameOf: (id: string) => string | undefined,
): readonly TimelineEntry[] {
  return events.map((event) => {
    const name = event.actor && nameOf(event.actor.id)
    return event.actor && name ? { ...event, actor: { ...event.actor, name } } : event
  })
}

/** Those in which the words stand, in what happened, its kind, or who did it. */
export function chooseEvents(events: readonly TimelineEntry[], text: string): readonly TimelineEntry[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === "") return events
  return events.filter(({ summary, type, actor }) =>
    [summary, type.replaceAll("_", " "), actor?.name ?? ""].some((part) => part.toLowerCase().includes(wanted)),
  )
}
