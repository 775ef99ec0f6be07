/** What a box may be: `low` to `high` pixels wide, and between them `grow` times a factor that a whole row shares. */
export interface Share {
  readonly low: number
  readonly grow: number
  readonly high: number
}

/**
 * The widths that fill `room`: each is `grow × t` held between `low` and `high`, with the one `t` at which they add up.
 * The sum climbs with `t` and is straight between the corners where a box leaves its low or reaches its high, so `t` is
 * found by walking the corners once. Where even the lows do not fit, or the highs do not fill, they are the answer.
 */
export function fillRow(shares: readonly Share[], room: number): number[] {
  let sum = 0
  for (const { low } of shares) sum += low
  if (sum >= room) return shares.map(({ low }) => Math.floor(low))
  const corners: { readonly at: number; readonly slope: number }[] = []
  for (const { low, grow, high } of shares) {
    corners.push({ at: low / grow, slope: grow })
    if (high < Number.POSITIVE_INFINITY) corners.push({ at: high / grow, slope: -grow })
  }
  corners.sort((a, b) => a.at - b.at)
  let factor = 0
  let slope = 0
  for (const corner of corners) {
    const next = sum + slope * (corner.at - factor)
    if (next >= room) break
    sum = next
    factor = corner.at
    slope += corner.slope
  }
  if (slope > 0) factor += (room - sum) / slope
  return shares.map(({ low, grow, high }) => wholePixels(Math.min(Math.max(grow * factor, low), high)))
}

/** Rounded down, but not for the last bits of a division. */
function wholePixels(width: number): number {
  return Math.floor(width + 1e-6)
}
