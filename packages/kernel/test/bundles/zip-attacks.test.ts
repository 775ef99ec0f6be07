import { createWriteStream } from "node:fs"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { crc32, deflateRawSync } from "node:zlib"
import { NexusError } from "@nexus/protocol"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ZipFile } from "yazl"
import { DEFAULT_ZIP_LIMITS, openZip, type ZipLimits } from "../../src/bundles/open-zip.ts"

/*
 * Archives made to do harm. A ZIP library writes none of them, so they are written here byte by byte: each entry says in
 * its headers what a test wants it to say.
 */

interface Forged {
  readonly name: string
  readonly content?: string | Buffer
  /** What the headers say instead of the truth. */
  readonly says?: { readonly size?: number; readonly packed?: number; readonly offset?: number }
  readonly attributes?: number
  readonly flags?: number
  readonly stored?: boolean
}

let dir = ""
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "nexus-zip-"))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

function forge(entries: readonly Forged[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content = "x", says = {}, attributes = 0, flags = 0, stored = false } of entries) {
    const raw = Buffer.from(content)
    const data = stored ? raw : deflateRawSync(raw)
    const [size, packed, offset] = [says.size ?? raw.length, says.packed ?? data.length, says.offset ?? at]
    const path = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags | 0x800, 2)
    common.writeUInt16LE(stored ? 0 : 8, 4)
    common.writeUInt32LE(crc32(raw), 10)
    common.writeUInt32LE(packed, 14)
    common.writeUInt32LE(size, 18)
    common.writeUInt16LE(path.length, 22)
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, path, data])
    const central = Buffer.alloc(46)
    central.write("PK\x01\x02", 0, "latin1")
    central.writeUInt16LE((3 << 8) | 20, 4)
    common.copy(central, 6)
    central.writeUInt32LE((attributes << 16) >>> 0, 38)
    central.writeUInt32LE(offset, 42)
    directory.push(central, path)
    locals.push(local)
    at += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write("PK\x05\x06", 0, "latin1")
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, listed, end])
}

async function open(bytes: Buffer, limits: Partial<ZipLimits> = {}) {
  const path = join(dir, `${Math.random()}.zip`)
  await writeFile(path, bytes)
  return openZip(path, { ...DEFAULT_ZIP_LIMITS, ...limits }, (name) => /^[a-z/]+$/.test(name))
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error("it was taken"),
    (cause: unknown) => cause,
  )
  expect(error).toBeInstanceOf(NexusError)
  return error instanceof Error ? error.message : ""
}

test("an honest archive is read, forged here or written by a library", async () => {
  const forged = await open(
    forge([
      { name: "a", content: "hello" },
      { name: "b", content: "stored", stored: true },
    ]),
  )
  expect(await forged.text("a")).toBe("hello")
  expect(await forged.text("b")).toBe("stored")
  forged.close()
  const path = join(dir, "library.zip")
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from("from a library"), "a")
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
  const read = await openZip(path, DEFAULT_ZIP_LIMITS, () => true)
  expect(await read.text("a")).toBe("from a library")
  read.close()
})

test.for(["../outside", "files/../../outside", "a/../../b"])(
  "attack: a path that climbs out is refused: %s",
  async (name) => {
    expect(await refusalOf(open(forge([{ name }])))).toContain("invalid relative path")
  },
)

test.for(["/etc/passwd", "C:/windows", "C:\\windows", "..\\outside", "\\\\server\\share"])(
  "attack: an absolute name, and one with backslashes, is refused: %s",
  async (name) => {
    expect(await refusalOf(open(forge([{ name }])))).toMatch(/absolute path|invalid characters/)
  },
)

test.for([
  ["a symbolic link", 0o120777],
  ["a device", 0o020666],
  ["a pipe", 0o010666],
] as const)("attack: an entry that is %s is refused", async ([, attributes]) => {
  const bytes = forge([{ name: "a", content: "/etc/passwd", attributes }])
  expect(await refusalOf(open(bytes))).toContain("a link or a device")
})

test("attack: two entries of one name are refused", async () => {
  const bytes = forge([
    { name: "a", content: "one" },
    { name: "a", content: "other" },
  ])
  expect(await refusalOf(open(bytes))).toContain("twice")
})

test("attack: an entry that unpacks to a thousand times its size is refused before it is unpacked", async () => {
  const bytes = forge([{ name: "a", content: Buffer.alloc(32 * 1024 * 1024) }])
  expect(bytes.length).toBeLessThan(64 * 1024)
  expect(await refusalOf(open(bytes))).toContain("unpacks to more than 100 times")
})

test("attack: many small bombs are one: the total is limited", async () => {
  const entries = ["a", "b", "c", "d"].map((name) => ({ name, content: Buffer.alloc(1024 * 1024) }))
  expect(await refusalOf(open(forge(entries), { totalBytes: 3 * 1024 * 1024 }))).toContain("bundle unpacked")
})

test("attack: a flood of entries is refused by their number", async () => {
  const entries = Array.from({ length: 300 }, (_, index) => ({
    name: `${"abcdefghij"[index % 10]}${"z".repeat(index)}`,
  }))
  expect(await refusalOf(open(forge(entries), { entries: 200 }))).toContain("number of entries")
})

test.for([
  ["more than it says", { size: 10 }],
  ["less than it says", { size: 5000 }],
] as const)("attack: an entry that gives %s fails while it is read", async ([, says]) => {
  const zip = await open(forge([{ name: "a", content: "y".repeat(1000), says }]))
  expect(await refusalOf(zip.text("a"))).toContain("no bundle")
  zip.close()
})

test("attack: a stored entry whose two sizes differ is refused", async () => {
  const bytes = forge([{ name: "a", content: "four", stored: true, says: { size: 4000 } }])
  expect(await refusalOf(open(bytes))).toContain("no bundle")
})

test("attack: entries that share their bytes are refused", async () => {
  const bytes = forge([
    { name: "a", content: "z".repeat(500) },
    { name: "b", says: { offset: 0 } },
  ])
  expect(await refusalOf(open(bytes))).toContain("overlaps")
  const inside = forge([
    { name: "a", content: Buffer.alloc(100, 7), stored: true },
    { name: "b", says: { offset: 40 } },
  ])
  expect(await refusalOf(open(inside))).toContain("overlaps")
})

test("attack: an encrypted entry is refused", async () => {
  expect(await refusalOf(open(forge([{ name: "a", flags: 1 }])))).toContain("encrypted")
})

test("attack: a name that is not known is refused, and its control characters are not told on", async () => {
  const said = await refusalOf(open(forge([{ name: "A\u001b[31mred" }])))
  expect(said).toContain("does not belong")
  expect(said).not.toContain("\u001b")
})

test("attack: text that is no text, and what is no archive, is refused", async () => {
  const zip = await open(forge([{ name: "a", content: Buffer.from([0xff, 0xfe, 0xfd]) }]))
  expect(await refusalOf(zip.text("a"))).toContain("no bundle")
  zip.close()
  expect(await refusalOf(open(Buffer.from("not a zip at all, but long enough to look at")))).toContain("no bundle")
})

test("attack: an archive cut off in its middle is refused", async () => {
  const bytes = forge([{ name: "a", content: "hello" }, { name: "b" }])
  expect(await refusalOf(open(bytes.subarray(0, bytes.length - 30)))).toContain("no bundle")
})
