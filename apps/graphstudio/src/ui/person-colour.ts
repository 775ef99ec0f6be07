/**
 * Everybody has a colour of the chart palette: the one that their id comes to, the same on every screen. Where two who
 * are here at once would have the same, the one whose id comes later has the next that is free; all screens see the same
 * people, so they agree on that too. With more people than colours there is no way but to share.
 */
const COLOURS = 8

let seats: ReadonlyMap<string, number> = new Map()

export function personColour(id: string): string {
  return `var(--nx-chart-${(seats.get(id) ?? wishOf(id)) + 1})`
}

/** Who is here now. */
export function seatPeople(ids: Iterable<string>): void {
  seats = seatsOf(ids)
}

export function seatsOf(ids: Iterable<string>): ReadonlyMap<string, number> {
  const taken = new Map<string, number>()
  for (const id of [...new Set(ids)].sort()) {
    const used = new Set(taken.values())
    const wish = wishOf(id)
    const free = Array.from({ length: COLOURS }, (_, step) => (wish + step) % COLOURS).find((seat) => !used.has(seat))
    taken.set(id, free ?? wish)
  }
  return taken
}

function wishOf(id: string): number {
  let hash = 7
  for (const letter of id) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return hash % COLOURS
}
