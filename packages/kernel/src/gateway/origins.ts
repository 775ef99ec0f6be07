/**
 * Whose pages may speak to this kernel: its own, by the address it listens on or by the names of this machine with the
 * same port, and those it was told. Everything else is another site using the person's browser.
 */
export function createOrigins(own: () => string, others: readonly string[]): (origin: string) => boolean {
  const told = new Set(others.map((origin) => new URL(origin).origin))
  return (origin) => {
    if (told.has(origin) || origin === own()) return true
    const { port, protocol, hostname } = new URL(own())
    const local = hostname === "127.0.0.1" || hostname === "[::1]" || hostname === "localhost"
    return local && ["127.0.0.1", "localhost", "[::1]"].some((name) => origin === `${protocol}//${name}:${port}`)
  }
}
