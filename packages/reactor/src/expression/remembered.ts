/**
 * `work`, remembered by its text: a panel is painted and checked again and again, and nearly every text is the one of
 * before. When `most` texts are known all are forgotten at once, which costs less than keeping an order would.
 */
export function remembered<Value>(most: number, work: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= most) known.clear()
    const value = work(text)
    known.set(text, value)
    return value
  }
}
