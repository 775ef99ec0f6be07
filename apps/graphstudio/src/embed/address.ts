/** How an embed looks: as the device of whoever reads, or as the page around it asks. */
export type Look = "auto" | "light" | "dark"

/** What the address of an embed says: `/embed/<link>?look=dark#<code>`. The code stands behind `#`, so it reaches no log. */
export interface Address {
  readonly code: string
  readonly look: Look
}

export function readAddress(href: string): Address {
  const { hash, searchParams } = new URL(href)
  const look = searchParams.get("look")
  return { code: hash.slice(1), look: look === "light" || look === "dark" ? look : "auto" }
}

/** `url` as the kernel gave it, with the look it should have. */
export function withLook(url: string, look: Look): string {
  const address = new URL(url)
  if (look === "auto") address.searchParams.delete("look")
  else address.searchParams.set("look", look)
  return address.href
}
