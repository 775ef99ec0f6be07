/**
 * Memory is capped by the module itself: its memory section is rewritten to declare a maximum, so no bug of the
 * interpreter can grow past it. The interpreter's own limit alone overshoots; it is set as well, for a clean error.
 */
const PAGE_BYTES = 65_536
const MEMORY_SECTION = 5

/** The module `wasm` with its one memory declared to grow to at most `maximumBytes`. */
export function withMaximumMemory(wasm: Uint8Array, maximumBytes: number): Uint8Array<ArrayBuffer> {
  let offset = 8
  while (offset < wasm.length) {
    const section = wasm[offset]
    const size = readUnsigned(wasm, offset + 1)
    const end = size.next + size.value
    if (section === MEMORY_SECTION) {
      const count = readUnsigned(wasm, size.next)
      const minimum = readUnsigned(wasm, count.next + 1)
      if (count.value !== 1) throw new Error(`the engine module has ${count.value} memories instead of one`)
      const maximum = Math.max(minimum.value, Math.ceil(maximumBytes / PAGE_BYTES))
      const body = [1, 1, ...unsigned(minimum.value), ...unsigned(maximum)]
      return concatenate(
        wasm.subarray(0, offset),
        [MEMORY_SECTION, ...unsigned(body.length), ...body],
        wasm.subarray(end),
      )
    }
    offset = end
  }
  throw new Error("the engine module has no memory section")
}

function concatenate(...parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** LEB128, WebAssembly's variable-length unsigned integer. */
function readUnsigned(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0
  let shift = 0
  for (let next = start; ; next += 1) {
    const byte = bytes[next]
    if (byte === undefined) throw new Error("the engine module is cut short")
    value |= (byte & 0x7f) << shift
    if (byte < 0x80) return { value: value >>> 0, next: next + 1 }
    shift += 7
  }
}

function unsigned(value: number): number[] {
  const bytes: number[] = []
  for (; value >= 0x80; value >>>= 7) bytes.push((value & 0x7f) | 0x80)
  return [...bytes, value]
}
