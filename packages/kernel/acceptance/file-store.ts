import { createHash } from "node:crypto"
import { buffer } from "node:stream/consumers"
import { beforeEach, describe, expect, it } from "vitest"
import type { FileStore } from "../src/storage/file-store.ts"

/** What every store of contents promises. An adapter's test calls this with a way to make an empty one. */
export function fileStoreKeepsItsWord(name: string, create: () => Promise<FileStore>): void {
  describe(`the ${name} store of contents`, () => {
    let store: FileStore
    beforeEach(async () => {
      store = await create()
    })

    it("gives back what was put, under the hash of it", async () => {
      const bytes = Buffer.from("one two three \u0000\u00ff", "latin1")
      const kept = await store.put("w", pieces(bytes, 4), nothing)
      expect(kept).toEqual({ sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length })
      expect(await store.has("w", kept.sha256)).toBe(true)
      expect(await buffer(store.read("w", kept.sha256))).toEqual(bytes)
      expect((await buffer(store.read("w", kept.sha256, { start: 4, end: 6 }))).toString()).toBe("two")
    })

    it("keeps an empty content, and the same content once", async () => {
      expect(await store.put("w", pieces(Buffer.alloc(0), 4), nothing)).toMatchObject({ size: 0 })
      const [first, second] = [await put("abc"), await put("abc")]
      expect(first).toEqual(second)
      expect(await store.list("w")).toHaveLength(2)
    })

    it("shows each piece before it is kept, and leaves nothing of what was refused", async () => {
      const seen: number[] = []
      const refusing = store.put("w", pieces(Buffer.alloc(10), 4), (_, size) => {
        seen.push(size)
        if (size > 8) throw new Error("too much")
      })
      await expect(refusing).rejects.toThrow("too much")
      expect(seen).toEqual([4, 8, 10])
      expect(await store.list("w")).toEqual([])
    })

    it("leaves nothing of what broke off", async () => {
      async function* broken() {
        yield Buffer.from("half")
        throw new Error("the line broke")
      }
      await expect(store.put("w", broken(), nothing)).rejects.toThrow("the line broke")
      expect(await store.list("w")).toEqual([])
    })

    it("keeps workspaces apart", async () => {
      const { sha256 } = await put("abc")
      expect(await store.has("other", sha256)).toBe(false)
      expect(await store.list("other")).toEqual([])
      await store.forget("other")
      expect(await store.has("w", sha256)).toBe(true)
    })

    it("removes one content, and all of a workspace", async () => {
      const one = await put("one")
      await put("two")
      await store.remove("w", one.sha256)
      await store.remove("w", one.sha256)
      expect(await store.has("w", one.sha256)).toBe(false)
      expect(await store.list("w")).toHaveLength(1)
      await store.forget("w")
      expect(await store.list("w")).toEqual([])
    })

    const put = (text: string) => store.put("w", pieces(Buffer.from(text), 2), nothing)
  })
}

const nothing = () => undefined

async function* pieces(bytes: Buffer, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
