const ALLOWED = new Set(["http:", "https:", "mailto:"])

/** The address when it is http, https or mailto; a panel's text must not be able to run anything. */
export function safeUrl(address: string): string | undefined {
  try {
    const url = new URL(address)
    return ALLOWED.has(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}
