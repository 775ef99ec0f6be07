import { word } from "../words.ts"

/** A size as people read it: 512 bytes, 48 KB, 1.2 MB. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`
  const units = ["KB", "MB", "GB"]
  let size = bytes / 1024
  let unit = 0
  for (; size >= 1023.5 && unit < units.length - 1; unit += 1) size /= 1024
  return `${size < 10 && unit > 0 ? Math.round(size * 10) / 10 : Math.round(size)} ${units[unit]}`
}

/** Does `accept`, written as for an input (`image/*,.pdf`), take this file? An empty one takes all. */
export function accepts(accept: string, file: { readonly name: string; readonly type: string }): boolean {
  const kinds = accept
    .split(",")
    .map((kind) => kind.trim().toLowerCase())
    .filter(Boolean)
  const name = file.name.toLowerCase()
  const type = file.type.toLowerCase()
  return (
    kinds.length === 0 ||
    kinds.some((kind) => {
      if (kind.startsWith(".")) return name.endsWith(kind)
      return kind.endsWith("/*") ? type.startsWith(kind.slice(0, -1)) : type === kind
    })
  )
}

/** Why `file` is not taken, in one sentence; `undefined` when it is. */
export function refuseFile(
  file: { readonly name: string; readonly type: string; readonly size: number },
  accept: string,
  maxBytes: number,
): string | undefined {
  if (!accepts(accept, file))
    return word('"{name}" is not of the kinds taken here: {kinds}.', { name: file.name, kinds: accept })
  if (file.size > maxBytes)
    return word('"{name}" has {size}; at most {most} are taken here. Choose a smaller one.', {
      name: file.name,
      size: sizeInWords(file.size),
      most: sizeInWords(maxBytes),
    })
  return undefined
}
