const LINKED = new Set(["http:", "https:", "mailto:"])
const SHOWN = new Set(["http:", "https:"])
/** Pictures made of pixels: an SVG could carry a script. */
const PICTURE = /^data:image\/(?:png|jpeg|gif|webp|avif|bmp);base64,[A-Za-z0-9+/]+={0,2}$/

/** The address when it is http, https or mailto; a panel's text must not be able to run anything. */
export function safeUrl(address: string): string | undefined {
  return absolute(address, LINKED)
}

/** The address when it is http, https or a raster picture in the text itself. */
export function safeImageUrl(address: string): string | undefined {
  return PICTURE.test(address) ? address : absolute(address, SHOWN)
}

/** Only whole addresses: one without a scheme would mean this site, or whoever follows `//`. */
function absolute(address: string, schemes: ReadonlySet<string>): string | undefined {
  try {
    const url = new URL(address)
    return schemes.has(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}
