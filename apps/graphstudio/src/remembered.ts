/**
 * What this device keeps for the page; nothing where the browser keeps nothing for it, as in a frame of another site:
 * there even asking throws.
 */
export function remembered(key: string): string | undefined {
  try {
    return globalThis.localStorage?.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}
