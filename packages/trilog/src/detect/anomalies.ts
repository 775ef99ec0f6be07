/**
 * Tells an unusual five minutes from a usual one without being told what usual is. A value is held against the same time
 * of day over the last week, two slots to either side pooled in; distance is counted in median absolute deviations,
 * which a few wild values cannot stretch as they stretch a standard deviation. Two windows in a row must agree, and be
 * made of enough runs. The period is configured, not guessed: guessing found weekly rhythms in noise.
 */
export interface Slot {
  /** Start of the window, milliseconds since the epoch. */
  readonly at: number
  readonly value: number
  /** How many runs the value is made of. */
  readonly count: number
}

export interface Anomaly {
  readonly at: number
  readonly value: number
  /** The median of what was usual then. */
  readonly usual: number
  /** Robust z-score; negative when below the usual. */
  readonly score: number
}

export interface DetectOptions {
  readonly slotMs: number
  readonly periodMs: number
  /** How many periods back "usual" is read from. */
  readonly periods: number
  /** How many slots to either side are pooled in. */
  readonly around: number
  readonly threshold: number
  readonly minCount: number
  /** The least deviation that counts, as a part of the median: else a constant value makes any change infinite. */
  readonly floor: number
}

export const DETECT_DEFAULTS: DetectOptions = {
  slotMs: 300_000,
  periodMs: 86_400_000,
  periods: 7,
  around: 2,
  threshold: 6,
  minCount: 5,
  floor: 0.05,
}

/** A median of fewer values says nothing. */
const MIN_POOL = 8

/** Makes MAD an estimate of the standard deviation for normal data. */
const NORMAL = 1.4826

export function findAnomalies(series: readonly Slot[], options: Partial<DetectOptions> = {}): Anomaly[] {
  const chosen = { ...DETECT_DEFAULTS, ...options }
  const { slotMs, threshold, minCount } = chosen
  const bySlot = new Map(series.map((slot) => [Math.round(slot.at / slotMs), slot]))
  const scored = new Map<number, Anomaly>()
  for (const [index, slot] of bySlot) {
    const found = slot.count >= minCount ? score(index, slot, bySlot, chosen) : undefined
    if (found && Math.abs(found.score) > threshold) scored.set(index, found)
  }
  const sameSide = (a: Anomaly | undefined, b: Anomaly): boolean => a !== undefined && a.score > 0 === b.score > 0
  return [...scored]
    .filter(([index, found]) => sameSide(scored.get(index - 1), found))
    .map(([, found]) => found)
    .sort((a, b) => a.at - b.at)
}

function score(
  index: number,
  slot: Slot,
  bySlot: ReadonlyMap<number, Slot>,
  options: DetectOptions,
): Anomaly | undefined {
  const { slotMs, periodMs, periods, around, minCount, floor } = options
  const pool: number[] = []
  for (let back = 1; back <= periods; back += 1) {
    const same = index - Math.round((back * periodMs) / slotMs)
    for (let near = same - around; near <= same + around; near += 1) {
      const usual = bySlot.get(near)
      if (usual && usual.count >= minCount) pool.push(usual.value)
    }
  }
  if (pool.length < MIN_POOL) return undefined
  const usual = median(pool)
  const deviation = NORMAL * median(pool.map((value) => Math.abs(value - usual)))
  const unit = Math.max(deviation, Math.abs(usual) * floor, Number.EPSILON)
  return { at: slot.at, value: slot.value, usual, score: (slot.value - usual) / unit }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}
