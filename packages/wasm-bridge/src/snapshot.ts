import type { EngineInstance } from "./engines/engine.ts"

/**
 * A pristine world per run, by reset and not by rebuild: the linear memory of an instance is a value, so a run starts
 * by copying an image of it back. The image is everything above the C stack up to the end of the used heap; behind it
 * lies allocator slack, whose old content no one can read (allocators hand out memory that its owner writes first),
 * and which is scrubbed when the tenant changes. What differs from an image, such as a handler's evaluated code or a
 * waiting run, is kept as a delta of whole pages.
 */
const PAGE = 4096
const WORDS = PAGE / 4

export interface Image {
  /** The whole memory when the image was taken. */
  readonly memory: Uint8Array<ArrayBuffer>
  /** The C stack lies below, and is restored only by moving its pointer. */
  readonly start: number
  /** The end of the used heap. */
  readonly end: number
  /** Pages behind `end` that are not zero: the allocator's own marks. */
  readonly marks: Delta
  readonly stackPointer: number
}

export type Delta = readonly Stretch[]

/** Bytes that stand at `offset`; whole pages. */
export interface Stretch {
  readonly offset: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Takes the image of an instance whose used heap ends at `end`. */
export function takeImage(instance: EngineInstance, end: number): Image {
  const memory = instance.bytes().slice()
  const start = instance.stackPointer
  const marks = differences(memory, undefined, aligned(end), memory.length)
  return { memory, start, end: aligned(end), marks, stackPointer: instance.stackPointer }
}

/** What to copy for the image with `delta` on top: every byte once. */
export function layered(image: Image, delta: Delta): Delta {
  const layers: Stretch[] = []
  let offset = image.start
  for (const above of [...delta].sort((a, b) => a.offset - b.offset)) {
    const until = Math.min(above.offset, image.end)
    if (until > offset) layers.push({ offset, bytes: image.memory.subarray(offset, until) })
    offset = Math.max(offset, above.offset + above.bytes.length)
  }
  if (image.end > offset) layers.push({ offset, bytes: image.memory.subarray(offset, image.end) })
  const covered = (mark: Stretch) =>
    delta.some(({ offset: at, bytes }) => at <= mark.offset && mark.offset < at + bytes.length)
  return [...layers, ...image.marks.filter((mark) => !covered(mark)), ...delta]
}

/** Makes the instance what `layers` say, whatever it was. The memory must be of the image's size. */
export function restore(instance: EngineInstance, image: Image, layers: Delta): void {
  const bytes = instance.bytes()
  for (const { offset, bytes: stretch } of layers) bytes.set(stretch, offset)
  instance.stackPointer = image.stackPointer
}

/** Overwrites everything the image does not restore: the C stack and the free heap. */
export function scrub(instance: EngineInstance, image: Image): void {
  const bytes = instance.bytes()
  bytes.fill(0, 0, image.start)
  bytes.fill(0, image.end)
}

/** What the instance's memory holds beyond the image, its used heap ending at `end`. */
export function deltaOf(instance: EngineInstance, image: Image, end: number): Delta {
  const memory = instance.bytes()
  const used = differences(memory, image.memory, image.start, Math.max(image.end, aligned(end)))
  const marks = image.marks.map(({ offset, bytes }) => stretch(memory, offset, offset + bytes.length))
  return [...used, ...marks]
}

/** A waiting run's memory as the difference to an image: what differs, exclusive-or the image, so that it compresses. */
export interface Suspension {
  /** How long the memory was. */
  readonly length: number
  /** Where its used heap ended; behind it nothing is read before it is written. */
  readonly end: number
  readonly pages: Delta
}

/** The difference of `memory`, whose used heap ends at `end`, to the image. The allocator's marks are kept too. */
export function suspensionOf(memory: Uint8Array<ArrayBuffer>, image: Image, end: number): Suspension {
  const used = Math.min(aligned(end), memory.length)
  const pages = [...differences(memory, image.memory, image.start, used)]
  for (const { offset, bytes } of image.marks) pages.push(stretch(memory, offset, offset + bytes.length))
  if (memory.length > image.memory.length) pages.push(stretch(memory, memory.length - PAGE, memory.length))
  return { length: memory.length, end: used, pages: pages.map((page) => differing(page, image)) }
}

/** Makes a pristine instance of the image's size the one that was suspended. */
export function revive(instance: EngineInstance, image: Image, { length, end, pages }: Suspension): void {
  const missing = length - instance.bytes().length
  if (missing > 0) instance.grow(missing / 65_536)
  const bytes = instance.bytes()
  bytes.fill(0, image.end, Math.max(image.end, end))
  for (const page of pages) bytes.set(differing(page, image).bytes, page.offset)
}

export function deltaBytes(delta: Delta): number {
  return delta.reduce((sum, { bytes }) => sum + bytes.length, 0)
}

function aligned(offset: number): number {
  return Math.ceil(offset / PAGE) * PAGE
}

function stretch(memory: Uint8Array, from: number, to: number): Stretch {
  return { offset: from, bytes: new Uint8Array(memory.slice(from, to)) }
}

/** A stretch exclusive-or what the image has there: once makes the difference, twice the stretch again. */
function differing({ offset, bytes }: Stretch, image: Image): Stretch {
  const result = bytes.slice()
  const words = new Int32Array(result.buffer)
  const known = Math.max(0, Math.min(bytes.length, image.memory.length - offset)) / 4
  const before = new Int32Array(image.memory.buffer, known > 0 ? offset : 0, known)
  for (let word = 0; word < known; word += 1) words[word] = (words[word] ?? 0) ^ (before[word] ?? 0)
  return { offset, bytes: result }
}

/** The pages from `from` to `to` in which two memories differ, or one differs from nothing but zeros. */
function differences(now: Uint8Array, before: Uint8Array | undefined, from: number, to: number): Delta {
  const left = new Int32Array(now.buffer, 0, now.length / 4)
  const right = before && new Int32Array(before.buffer, 0, before.length / 4)
  const stretches: Stretch[] = []
  let open = -1
  for (let page = from; page <= to; page += PAGE) {
    const differs = page < to && (right ? pageDiffers(left, right, page / 4) : pageIsUsed(left, page / 4))
    if (differs && open < 0) open = page
    else if (!differs && open >= 0) {
      stretches.push(stretch(now, open, page))
      open = -1
    }
  }
  return stretches
}

function pageDiffers(left: Int32Array, right: Int32Array, from: number): boolean {
  for (let word = from; word < from + WORDS; word += 1) if (left[word] !== right[word]) return true
  return false
}

function pageIsUsed(memory: Int32Array, from: number): boolean {
  for (let word = from; word < from + WORDS; word += 1) if (memory[word] !== 0) return true
  return false
}
