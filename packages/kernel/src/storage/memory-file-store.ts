import { createHash } from "node:crypto"
import { Readable } from "node:stream"
import type { FileStore } from "./file-store.ts"

/** Contents in memory: for tests and for workspaces that nobody keeps. */
export function createMemoryFileStore(): FileStore {
  const workspaces = new Map<string, Map<string, Buffer>>()
  const contentsOf = (workspace: string) => workspaces.get(workspace) ?? new Map<string, Buffer>()
  return {
    async put(workspace, bytes, look) {
      const pieces: Uint8Array[] = []
      let size = 0
      for await (const piece of bytes) {
        size += piece.length
        look(piece, size)
        pieces.push(piece)
      }
      const content = Buffer.concat(pieces)
      const sha256 = createHash("sha256").update(content).digest("hex")
      const contents = contentsOf(workspace)
      if (!contents.has(sha256)) contents.set(sha256, content)
      workspaces.set(workspace, contents)
      return { sha256, size }
    },
    has: async (workspace, sha256) => contentsOf(workspace).has(sha256),
    read(workspace, sha256, range) {
      const content = contentsOf(workspace).get(sha256)
      if (!content) throw new Error(`no content ${sha256}`)
      return Readable.from([range ? content.subarray(range.start, range.end + 1) : content])
    },
    list: async (workspace) => [...contentsOf(workspace)].map(([sha256, { length: size }]) => ({ sha256, size })),
    async remove(workspace, sha256) {
      contentsOf(workspace).delete(sha256)
    },
    async forget(workspace) {
      workspaces.delete(workspace)
    },
  }
}
