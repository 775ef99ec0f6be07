/** A number from 0 to 1 that belongs to `name` and `step` and never changes: example data repeats itself exactly. */
export function noise(name: string, step: number): number {
  let hash = 2166136261
  for (const character of `${name}:${step}`) {
    hash ^= character.charCodeAt(0)
    hash = Math.imul(hash, 16777619)
  }
  hash ^= hash >>> 15
  hash = Math.imul(hash, 2246822519)
  hash ^= hash >>> 13
  return (hash >>> 0) / 4294967296
}
