const encoder = new TextEncoder()
let buffer = new Uint8Array(65_536)

/**
 * The characters of a source as bytes, each at the character's own offset and a 0 behind the last: asking a string for
 * one character after the other costs four times as much. NXML's marks and names are ASCII, so every other character
 * is just 255. The bytes hold until the next call.
 */
export function codesOf(source: string): Uint8Array {
  const { length } = source
  if (buffer.length < length + 4) buffer = new Uint8Array(2 * length + 4)
  const { written } = encoder.encodeInto(source, buffer)
  if (written !== length)
    for (let index = 0; index < length; index++) {
      const code = source.charCodeAt(index)
      buffer[index] = code < 128 ? code : 255
    }
  buffer.fill(0, length, length + 4)
  return buffer
}

const PART = 1
const SPACE = 2
const KINDS = Uint8Array.from({ length: 256 }, (_, code) => {
  const letter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
  if (letter || (code >= 45 && code <= 58 && code !== 47) || code === 95) return PART
  return code === 32 || code === 10 || code === 9 || code === 13 ? SPACE : 0
})

/** Where the name ends that goes on at `position`. */
export function nameEndIn(codes: Uint8Array, position: number): number {
  let end = position
  while (KINDS[codes[end] ?? 0] === PART) end++
  return end
}

/** The first place at or behind `position` that is no space. */
export function spaceEndIn(codes: Uint8Array, position: number): number {
  let end = position
  while (KINDS[codes[end] ?? 0] === SPACE) end++
  return end
}
