import { createWriteStream } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { NexusError } from "@nexus/protocol"
import type { Workspace } from "../workspace/workspace.ts"
import { type BundleImport, importBundle } from "./import-bundle.ts"
import { DEFAULT_ZIP_LIMITS } from "./open-zip.ts"
import { type Bundle, readBundle } from "./read-bundle.ts"
import { type BundleParts, type BundleRequest, writeBundle } from "./write-bundle.ts"

/** Workspaces as bundles: written while they are sent, and read whole before anything of them is taken in. */
export interface Bundles {
  write(workspace: Workspace, request: BundleRequest): Readable
  /** Reads what a stranger sent; `work` has it until it ends. Throws `invalid-input` or `too-large` before that. */
  receive<Answer>(bytes: AsyncIterable<Uint8Array>, work: (bundle: Bundle) => Promise<Answer>): Promise<Answer>
  /** Into a workspace that was just made. */
  import(workspace: Workspace, bundle: Bundle, asked: BundleImport): Promise<void>
}

export interface BundleLimits {
  /** The largest ZIP. */
  readonly uploadBytes: number
}

export const DEFAULT_BUNDLE_LIMITS: BundleLimits = { uploadBytes: 512 * 1024 * 1024 }

export function createBundles(parts: BundleParts, { uploadBytes }: BundleLimits = DEFAULT_BUNDLE_LIMITS): Bundles {
  return {
    write: (workspace, request) => writeBundle(workspace, parts, request),
    async receive(bytes, work) {
      // A ZIP is read from its end, so it has to be there; it lies under a name of ours and is gone when this is done.
      const dir = await mkdtemp(join(tmpdir(), "nexus-bundle-"))
      try {
        const path = join(dir, "bundle.zip")
        await pipeline(limited(bytes, uploadBytes), createWriteStream(path, { mode: 0o600 }))
        const bundle = await readBundle(path, DEFAULT_ZIP_LIMITS)
        try {
          return await work(bundle)
        } finally {
          bundle.zip.close()
        }
      } finally {
        await rm(dir, { recursive: true, force: true })
      }
    },
    import: (workspace, bundle, asked) => importBundle(workspace, bundle, parts, asked),
  }
}

async function* limited(bytes: AsyncIterable<Uint8Array>, limit: number): AsyncIterable<Uint8Array> {
  let size = 0
  for await (const piece of bytes) {
    size += piece.length
    if (size > limit) throw new NexusError({ code: "too-large", what: "bundle", limit, unit: "bytes" })
    yield piece
  }
}
