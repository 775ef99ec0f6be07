import { createHash } from "node:crypto"
import type { Readable } from "node:stream"
import { NexusError } from "@nexus/protocol"
import { type Entry, openPromise, type ZipFile } from "yauzl"

/**
 * A ZIP from a stranger, opened without believing it. Names are only compared with those that are known and never become
 * paths, so there is nowhere for one to lead; still a name that tries is refused by what it tries. What unpacks to much
 * is refused by what it says before a byte is unpacked, and by what it gives while it does: the reader holds every entry
 * to its said size. Unpacking to a folder and looking at that was refused: then the harm is done.
 */
export interface OpenedZip {
  readonly paths: ReadonlySet<string>
  /** In bytes, as the entry says; reading gives that many or fails. */
  sizeOf(path: string): number
  /** What is in the entry; the stream fails with `invalid-input` where it is not what the entry says. */
  read(path: string): Promise<Readable>
  text(path: string): Promise<string>
  close(): void
}

export interface ZipLimits {
  readonly entries: number
  /** All entries unpacked. */
  readonly totalBytes: number
  /** One entry that is read as a text. */
  readonly textBytes: number
  /** How many times its packed size all may be, once they are more than `freeBytes`. */
  readonly ratio: number
  readonly freeBytes: number
}

const MEGABYTE = 1024 * 1024
export const DEFAULT_ZIP_LIMITS: ZipLimits = {
  entries: 20_000,
  totalBytes: 2048 * MEGABYTE,
  textBytes: 128 * MEGABYTE,
  ratio: 100,
  freeBytes: 16 * MEGABYTE,
}

const LOCAL_HEADER_BYTES = 30
const STORED = 0
const DEFLATED = 8
const FILE_TYPE = 0o170000
const REGULAR_FILE = 0o100000

/** Throws `invalid-input` or `too-large`; nothing is unpacked yet. */
export async function openZip(path: string, limits: ZipLimits, isKnown: (path: string) => boolean): Promise<OpenedZip> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true }).catch(refuseZip)
  try {
    if (zip.entryCount > limits.entries) throw tooMany(limits)
    const entries = await readEntries(zip, limits, isKnown)
    refuseOverlaps([...entries.values()])
    return opened(zip, entries, limits)
  } catch (error) {
    zip.close()
    throw error instanceof NexusError ? error : refused(error)
  }
}

async function readEntries(
  zip: ZipFile,
  limits: ZipLimits,
  isKnown: (path: string) => boolean,
): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>()
  let [packed, unpacked] = [0, 0]
  for await (const entry of zip.eachEntry()) {
    const { fileName } = entry
    refuseEntry(entry)
    // A folder that a tool wrote beside its files; there is nothing in it.
    if (fileName.endsWith("/") && entry.uncompressedSize === 0) continue
    if (entries.has(fileName)) throw notABundle(`it has ${told(fileName)} twice`)
    if (!isKnown(fileName)) throw notABundle(`${told(fileName)} does not belong into a bundle`)
    if (entries.size >= limits.entries) throw tooMany(limits)
    entries.set(fileName, entry)
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    if (unpacked > limits.totalBytes) throw tooLarge(limits.totalBytes)
  }
  if (unpacked > limits.freeBytes && unpacked > packed * limits.ratio)
    throw notABundle(`it unpacks to more than ${limits.ratio} times its size`)
  return entries
}

function refuseEntry(entry: Entry): void {
  const { fileName, compressionMethod, externalFileAttributes } = entry
  if (entry.isEncrypted()) throw notABundle(`${told(fileName)} is encrypted`)
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED)
    throw notABundle(`${told(fileName)} is packed in a way that is not read here`)
  const type = (externalFileAttributes >>> 16) & FILE_TYPE
  if (type !== 0 && type !== REGULAR_FILE && !fileName.endsWith("/"))
    throw notABundle(`${told(fileName)} is a link or a device, not a file`)
}

/** Entries that share bytes make much of little, and two readers read them differently. */
function refuseOverlaps(entries: readonly Entry[]): void {
  const sorted = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  let end = 0
  for (const { relativeOffsetOfLocalHeader: start, fileNameLength, compressedSize, fileName } of sorted) {
    if (start < end) throw notABundle(`${told(fileName)} overlaps another entry`)
    end = start + LOCAL_HEADER_BYTES + fileNameLength + compressedSize
  }
}

function opened(zip: ZipFile, entries: ReadonlyMap<string, Entry>, limits: ZipLimits): OpenedZip {
  const must = (path: string): Entry => {
    const entry = entries.get(path)
    if (!entry) throw notABundle(`${path} is missing`)
    return entry
  }
  const read = async (path: string) => {
    const stream = await zip.openReadStreamPromise(must(path)).catch(refuseZip)
    return stream
  }
  return {
    paths: new Set(entries.keys()),
    sizeOf: (path) => must(path).uncompressedSize,
    read,
    text: async (path) => {
      if (must(path).uncompressedSize > limits.textBytes) throw tooLarge(limits.textBytes)
      const pieces: Buffer[] = []
      try {
        for await (const piece of await read(path)) pieces.push(Buffer.from(piece))
        return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(pieces))
      } catch (error) {
        throw error instanceof NexusError ? error : refused(error)
      }
    },
    close: () => zip.close(),
  }
}

/** The SHA-256 of an entry, read to its end. */
export async function hashOfEntry(zip: OpenedZip, path: string): Promise<string> {
  const hash = createHash("sha256")
  try {
    for await (const piece of await zip.read(path)) hash.update(piece)
  } catch (error) {
    throw error instanceof NexusError ? error : refused(error)
  }
  return hash.digest("hex")
}

export function notABundle(why: string): NexusError {
  return new NexusError({ code: "invalid-input", detail: `This is no bundle of a workspace: ${why}.`, path: "body" })
}

function refused(error: unknown): NexusError {
  return notABundle(error instanceof Error ? told(error.message) : "it cannot be read")
}

function refuseZip(error: unknown): never {
  throw refused(error)
}

function tooMany({ entries: limit }: ZipLimits): NexusError {
  return new NexusError({ code: "too-large", what: "number of entries of the bundle", limit, unit: "entries" })
}

function tooLarge(limit: number): NexusError {
  return new NexusError({ code: "too-large", what: "bundle unpacked", limit, unit: "bytes" })
}

/** A name from the file, short and without what a terminal would do. */
function told(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}]/gu, "?")
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain
}
