interface Known<Value> {
  readonly text: string
  readonly hash: number
  readonly value: Value
}

/**
 * `work`, remembered by its text: a panel is painted and checked again and again, and nearly every text is the one of
 * before. A table of places chosen by a hash, two for each; what is new takes the place of the older of its two. Against a
 * Map that is emptied when it is full, a text that is new costs no rehashing, and nothing is forgotten all at once.
 */
export function remembered<Value>(most: number, work: (text: string) => Value): (text: string) => Value {
  return tableOf(most, work, false)
}

/**
 * The same for results that nobody compares: kept from the second time on that a text is met. A text that is read once
 * then leaves nothing behind; what is kept grows old, and that costs more than most of these results.
 */
export function rememberedWhenRepeated<Value>(most: number, work: (text: string) => Value): (text: string) => Value {
  return tableOf(most, work, true)
}

function tableOf<Value>(most: number, work: (text: string) => Value, repeated: boolean): (text: string) => Value {
  const size = 2 ** Math.ceil(Math.log2(most))
  const known: (Known<Value> | undefined)[] = new Array(size).fill(undefined)
  const met = new Int32Array(repeated ? size : 0)
  return (text) => {
    const hash = hashOf(text)
    const first = hash & (size - 2)
    const recent = known[first]
    if (recent !== undefined && recent.hash === hash && recent.text === text) return recent.value
    const older = known[first + 1]
    if (older !== undefined && older.hash === hash && older.text === text) {
      known[first] = older
      known[first + 1] = recent
      return older.value
    }
    const value = work(text)
    const place = hash & (size - 1)
    if (repeated && met[place] !== hash) {
      met[place] = hash
      return value
    }
    known[first + 1] = known[first]
    known[first] = { text, hash, value }
    return value
  }
}

/** Mixes the length and the characters; of a long text those of about 64 places. */
function hashOf(text: string): number {
  const { length } = text
  const step = (length >> 6) + 1
  let hash = length
  for (let at = 0; at < length; at += step) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return hash ^ (hash >>> 13)
}
