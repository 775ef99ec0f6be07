/** A W3C trace context that starts here, sampled. */
export function createTraceparent(randomBytes: (length: number) => Uint8Array): string {
  const hex = (length: number) => Array.from(randomBytes(length), (byte) => byte.toString(16).padStart(2, "0")).join("")
  return `00-${hex(16)}-${hex(8)}-01`
}
