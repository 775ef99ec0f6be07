import { mkdir, readdir, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { fileStoreKeepsItsWord } from "../../acceptance/file-store.ts"
import { openDiskFileStore } from "../../src/storage/disk-file-store.ts"
import { temporaryDirectory } from "../worlds.ts"

fileStoreKeepsItsWord("disk", async () => openDiskFileStore(await temporaryDirectory()))

async function* of(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text)
}

test("what was still arriving when the kernel ended is swept when the store is opened", async () => {
  const dir = await temporaryDirectory()
  await mkdir(join(dir, "arriving"), { recursive: true })
  await writeFile(join(dir, "arriving", "half"), "half")
  await openDiskFileStore(dir)
  expect(await readdir(join(dir, "arriving"))).toEqual([])
})

test("what was kept is there when the store is opened again, readable by its user alone", async () => {
  const dir = await temporaryDirectory()
  const { sha256 } = await (await openDiskFileStore(dir)).put("ws_1", of("abc"), () => undefined)
  expect(await (await openDiskFileStore(dir)).has("ws_1", sha256)).toBe(true)
  const { mode } = await stat(join(dir, "by-workspace", "ws_1", sha256.slice(0, 2), sha256))
  expect(mode & 0o077).toBe(0)
})

test("a name that would leave the folder is no name", async () => {
  const store = await openDiskFileStore(await temporaryDirectory())
  await expect(store.put("../out", of("abc"), () => undefined)).rejects.toThrow("no folder")
  expect(() => store.read("w", "../../etc/passwd")).toThrow("no content")
})
