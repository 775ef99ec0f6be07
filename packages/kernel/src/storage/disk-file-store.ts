import { createHash, randomUUID } from "node:crypto"
import { createReadStream } from "node:fs"
import { access, mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises"
import { join } from "node:path"
import type { FileStore, StoredContent } from "./file-store.ts"

const HASH = /^[0-9a-f]{64}$/
const WORKSPACE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,159}$/
const ARRIVING = "arriving"

/**
 * Contents as files `<workspace>/<first two of the hash>/<hash>`. A content is written beside them, made durable and
 * renamed, so a power cut leaves a whole file or none. Whatever was still arriving when the kernel ended is swept when
 * the store is opened.
 */
export async function openDiskFileStore(dir: string): Promise<FileStore> {
  await rm(join(dir, ARRIVING), { recursive: true, force: true })
  await mkdir(join(dir, ARRIVING), { recursive: true, mode: 0o700 })
  const folderOf = (workspace: string) => {
    if (!WORKSPACE.test(workspace)) throw new Error(`no folder for ${workspace}`)
    return join(dir, "by-workspace", workspace)
  }
  const pathOf = (workspace: string, sha256: string) => {
    if (!HASH.test(sha256)) throw new Error(`no content ${sha256}`)
    return join(folderOf(workspace), sha256.slice(0, 2), sha256)
  }
  const has = (workspace: string, sha256: string) =>
    access(pathOf(workspace, sha256)).then(
      () => true,
      () => false,
    )

  return {
    async put(workspace, bytes, look) {
      const arriving = join(dir, ARRIVING, randomUUID())
      const hash = createHash("sha256")
      let size = 0
      try {
        const file = await open(arriving, "wx", 0o600)
        try {
          for await (const piece of bytes) {
            size += piece.length
            look(piece, size)
            hash.update(piece)
            await file.writeFile(piece)
          }
          await file.sync()
        } finally {
          await file.close()
        }
        const sha256 = hash.digest("hex")
        const path = pathOf(workspace, sha256)
        if (await has(workspace, sha256)) {
          // Its age counts from when it was last wanted.
          await utimes(path, new Date(), new Date())
        } else {
          const folder = join(folderOf(workspace), sha256.slice(0, 2))
          await mkdir(folder, { recursive: true, mode: 0o700 })
          await rename(arriving, path)
          await syncFolder(folder)
        }
        return { sha256, size }
      } finally {
        await rm(arriving, { force: true })
      }
    },
    has,
    read: (workspace, sha256, range) => createReadStream(pathOf(workspace, sha256), range ?? {}),
    async list(workspace) {
      const entries = await readdir(folderOf(workspace), { recursive: true, withFileTypes: true }).catch(absent)
      const found: (StoredContent & { readonly at: number })[] = []
      for (const entry of entries) {
        if (!entry.isFile() || !HASH.test(entry.name)) continue
        const { size, mtimeMs: at } = await stat(join(entry.parentPath, entry.name))
        found.push({ sha256: entry.name, size, at })
      }
      return found.sort((a, b) => a.at - b.at).map(({ sha256, size }) => ({ sha256, size }))
    },
    remove: (workspace, sha256) => rm(pathOf(workspace, sha256), { force: true }),
    forget: (workspace) => rm(folderOf(workspace), { recursive: true, force: true }),
  }
}

/** A rename is durable when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r")
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function absent(error: NodeJS.ErrnoException): [] {
  if (error.code === "ENOENT") return []
  throw error
}
