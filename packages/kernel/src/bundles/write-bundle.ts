import { createHash } from "node:crypto"
import { Readable } from "node:stream"
import { type Change, isJsonObject, type Json, NexusError } from "@nexus/protocol"
import { ZipFile } from "yazl"
import type { Databases } from "../databases/databases.ts"
import type { Where } from "../databases/request.ts"
import type { Files } from "../files/files.ts"
import type { ValueStore } from "../storage/journal.ts"
import { toFiles } from "../versions/workspace-files.ts"
import type { Workspace } from "../workspace/workspace.ts"
import { type BundleManifest, contentPath, HISTORY, MANIFEST, TABLES, VALUES } from "./bundle-format.ts"

export interface BundleParts {
  readonly files: Files
  readonly values: ValueStore
  readonly databases: Databases
  readonly clock: () => number
}

export interface BundleRequest {
  /** With every change that led here. */
  readonly history: boolean
}

const PAGE = 500
const MOST_VALUES = 100_000

interface Part {
  readonly path: string
  readonly pieces: () => AsyncIterable<Uint8Array | string>
}

/**
 * A workspace as a bundle, written while it is read: it is never whole in memory. The graph is that of now; files, values
 * and tables are those of the moments in which each is reached. Grants and secrets are in no bundle.
 */
export function writeBundle(workspace: Workspace, parts: BundleParts, { history }: BundleRequest): Readable {
  const { graph, id, seq } = workspace
  const at = parts.clock()
  const list: Part[] = [...toFiles(graph, id)].map(([path, text]) => ({ path, pieces: () => once(text) }))
  const contents = new Map(parts.files.list(workspace).map((file) => [file.sha256, file.id]))
  const zip = new ZipFile()
  const entries: BundleManifest["entries"] = []
  const add = ({ path, pieces }: Part) =>
    zip.addReadStreamLazy(path, { mtime: new Date(at) }, (give) => {
      const noted = noting(pieces(), (bytes, sha256) => entries.push({ path, bytes, sha256 }))
      give(undefined, failingWith(zip, Readable.from(noted, { objectMode: false })))
    })
  for (const part of list) add(part)
  add({ path: VALUES, pieces: () => valueLines(id, parts.values) })
  add({ path: TABLES, pieces: () => tableLines(id, parts.databases) })
  if (history) add({ path: HISTORY, pieces: () => changeLines(workspace, seq) })
  const name = graph.entity(id)?.name ?? id
  const end = () => {
    add({
      path: MANIFEST,
      pieces: async function* () {
        const listed = entries.filter(({ path }) => path !== MANIFEST)
        const manifest: BundleManifest = {
          format: "nexus-bundle",
          version: 1,
          workspace: { id, name },
          seq,
          at,
          entries: listed,
        }
        yield `${JSON.stringify(manifest, undefined, 2)}\n`
      },
    })
    zip.end()
  }
  const addContents = async () => {
    for (const [sha256, file] of contents) {
      // What had to make room is missing in the bundle as it is here.
      const kept = await parts.files.open(workspace, file).catch(ifGone)
      if (kept) add({ path: contentPath(sha256), pieces: () => kept.read() })
    }
    end()
  }
  const output = Readable.from(zip.outputStream)
  zip.on("error", (error: Error) => output.destroy(error))
  addContents().catch((error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))))
  return output
}

async function* valueLines(workspace: string, values: ValueStore) {
  for (const space of await values.spaces(workspace, "kv:")) {
    for (const [key, value] of await values.list(workspace, space, "", MOST_VALUES))
      yield line({ store: space.slice("kv:".length), key, value })
  }
}

async function* tableLines(workspace: string, databases: Databases) {
  for (const { table, columns } of await databases.tables(workspace)) {
    yield line({ table, columns })
    let after: number | null = null
    for (let limit = PAGE; ; ) {
      const where: Where = after === null ? {} : { id: { gt: after } }
      const rows: Json | undefined = await databases
        .ask(workspace, { kind: "select", table, where, order: ["id"], limit, offset: 0 })
        .catch(ifTooLarge(limit))
      if (rows === undefined) {
        limit = Math.max(1, Math.floor(limit / 8))
        continue
      }
      if (!Array.isArray(rows)) break
      for (const row of rows) {
        yield line({ row })
        if (isJsonObject(row) && typeof row.id === "number") after = row.id
      }
      if (rows.length < limit) break
    }
  }
}

async function* changeLines(workspace: Workspace, seq: number) {
  for (let after = 0; after < seq; ) {
    const changes: readonly Change[] = await workspace.changes(after, PAGE)
    for (const change of changes) if (change.seq <= seq) yield `${JSON.stringify(change)}\n`
    const last = changes.at(-1)?.seq
    if (last === undefined) return
    after = last
  }
}

function line(value: Json | object): string {
  return `${JSON.stringify(value)}\n`
}

async function* once(text: string) {
  yield text
}

async function* noting(pieces: AsyncIterable<Uint8Array | string>, done: (bytes: number, sha256: string) => void) {
  const hash = createHash("sha256")
  let bytes = 0
  for await (const piece of pieces) {
    const buffer = Buffer.from(piece)
    hash.update(buffer)
    bytes += buffer.length
    yield buffer
  }
  done(bytes, hash.digest("hex"))
}

function failingWith(zip: ZipFile, stream: Readable): Readable {
  return stream.on("error", (error) => zip.emit("error", error))
}

function ifGone(error: unknown): undefined {
  if (error instanceof NexusError && error.failure.code === "not-found") return undefined
  throw error
}

/** Rows that are too much for one answer are asked for in smaller pages, down to one. */
function ifTooLarge(limit: number) {
  return (error: unknown): undefined => {
    if (error instanceof NexusError && error.failure.code === "too-large" && limit > 1) return undefined
    throw error
  }
}
