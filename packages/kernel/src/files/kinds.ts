import { NexusError } from "@nexus/protocol"

/** Raster pictures and how their content begins, as far as a browser tells them by it. */
const PICTURES: { readonly [type: string]: (head: Buffer) => boolean } = {
  "image/png": (head) => head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  "image/jpeg": (head) => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff,
  "image/gif": (head) => /^GIF8[79]a/.test(head.toString("latin1", 0, 6)),
  "image/webp": (head) => head.toString("latin1", 0, 4) === "RIFF" && head.toString("latin1", 8, 12) === "WEBP",
  "image/avif": (head) => /^ftyp(?:avif|avis|mif1)$/.test(head.toString("latin1", 4, 12)),
  "image/bmp": (head) => head.toString("latin1", 0, 2) === "BM",
}

/** How many of the first bytes tell what a content is. */
export const HEAD_BYTES = 12

/** May a browser show it where it stands? Everything else is saved: HTML, SVG and PDF can carry scripts. */
export function isPicture(type: string): boolean {
  return Object.hasOwn(PICTURES, type)
}

/** Refuses a kind of file that `taken` (such as `image/*`) does not name. */
export function refuseKind(type: string, taken: readonly string[]): void {
  const matches = (kind: string) => (kind.endsWith("*") ? type.startsWith(kind.slice(0, -1)) : type === kind)
  if (taken.some(matches)) return
  const detail = `files of the type ${type} are not taken here; taken are ${taken.join(", ")}.`
  throw new NexusError({ code: "invalid-input", detail, path: "query.type" })
}

/** Refuses a picture whose content is none: what a browser is told must be so. */
export function refuseDisguise(type: string, head: Buffer): void {
  if (!isPicture(type) || PICTURES[type]?.(head)) return
  throw new NexusError({
    code: "invalid-input",
    detail: `it says it is ${type}, but its content is not.`,
    path: "body",
  })
}
