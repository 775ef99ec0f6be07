/**
 * Three-way merge of sequences: lines of a text, or items of a list that have no key. Where only one side differs from
 * the base, that side is taken; where both do and not in the same way, it is a conflict of just that stretch. What stands
 * still in all three holds the rest in place, as in diff3.
 */
export type Stretch =
  | { readonly agreed: readonly string[] }
  | { readonly base: readonly string[]; readonly ours: readonly string[]; readonly theirs: readonly string[] }

export function mergeSequences(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): readonly Stretch[] {
  const inOurs = placesOf(base, ours)
  const inTheirs = placesOf(base, theirs)
  const stretches: Stretch[] = []
  let [b, o, t] = [0, 0, 0]
  const moving = (toB: number, toO: number, toT: number): void => {
    const stretch = settled(base.slice(b, toB), ours.slice(o, toO), theirs.slice(t, toT))
    if (!("agreed" in stretch) || stretch.agreed.length > 0) stretches.push(stretch)
  }
  for (let at = 0; at < base.length; at += 1) {
    const toO = inOurs[at]
    const toT = inTheirs[at]
    if (toO === undefined || toT === undefined) continue
    moving(at, toO, toT)
    stretches.push({ agreed: base.slice(at, at + 1) })
    b = at + 1
    o = toO + 1
    t = toT + 1
  }
  moving(base.length, ours.length, theirs.length)
  return stretches
}

export interface MergedText {
  /** With our side, or theirs, where they conflict; the same text when they do not. */
  readonly ours: string
  readonly theirs: string
  readonly clean: boolean
}

/** Merges texts line by line. */
export function mergeText(base: string, ours: string, theirs: string): MergedText {
  const stretches = mergeSequences(base.split("\n"), ours.split("\n"), theirs.split("\n"))
  const side = (name: "ours" | "theirs") =>
    stretches.flatMap((stretch) => ("agreed" in stretch ? stretch.agreed : stretch[name])).join("\n")
  return { ours: side("ours"), theirs: side("theirs"), clean: stretches.every((stretch) => "agreed" in stretch) }
}

function settled(base: readonly string[], ours: readonly string[], theirs: readonly string[]): Stretch {
  if (same(ours, theirs) || same(base, theirs)) return { agreed: ours }
  if (same(base, ours)) return { agreed: theirs }
  return { base, ours, theirs }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}

/** Above this the middle of two texts is taken as one changed stretch: a table of it would not fit well in memory. */
const MOST_CELLS = 16_000_000

/** For each item of `a` its place in `b`, along a longest common subsequence. */
export function placesOf(a: readonly string[], b: readonly string[]): readonly (number | undefined)[] {
  const places = new Array<number | undefined>(a.length).fill(undefined)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) {
    places[start] = start
    start += 1
  }
  let [endA, endB] = [a.length, b.length]
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1
    endB -= 1
    places[endA] = endB
  }
  const width = endB - start + 1
  if ((endA - start + 1) * width > MOST_CELLS) return places
  const lengths = new Uint32Array((endA - start + 1) * width)
  const at = (i: number, j: number) => lengths[(i - start) * width + (j - start)] ?? 0
  for (let i = endA - 1; i >= start; i -= 1) {
    for (let j = endB - 1; j >= start; j -= 1) {
      lengths[(i - start) * width + (j - start)] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  for (let i = start, j = start; i < endA && j < endB; ) {
    if (a[i] === b[j]) {
      places[i] = j
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return places
}
