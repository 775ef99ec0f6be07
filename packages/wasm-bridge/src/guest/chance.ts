import { floor, inBase36 } from "./primordials.ts"

/**
 * The run's only source of chance: sfc32, seeded by the kernel, so that a run replays exactly. `Math.random` is this
 * stream too. Its state lives in guest memory and so survives waiting.
 */
const stream = { __proto__: null, a: 0, b: 0, c: 0, d: 1 }

export function seedChance(seed: number): void {
  stream.a = floor(seed / 0x1_0000_0000) | 0
  stream.b = seed | 0
  stream.c = 0x9e37_79b9 | 0
  stream.d = 1
  for (let round = 0; round < 12; round += 1) random()
}

export function random(): number {
  const sum = (((stream.a + stream.b) | 0) + stream.d) | 0
  stream.d = (stream.d + 1) | 0
  stream.a = stream.b ^ (stream.b >>> 9)
  stream.b = (stream.c + (stream.c << 3)) | 0
  stream.c = (((stream.c << 21) | (stream.c >>> 11)) + sum) | 0
  return (sum >>> 0) / 0x1_0000_0000
}

/** A fresh id: 16 base-36 characters. */
export function freshId(): string {
  let id = ""
  for (let index = 0; index < 16; index += 1) id += inBase36(floor(random() * 36))
  return id
}

Math.random = random
