import { Id } from "@nexus/protocol"
import * as z from "zod"
import { Columns, TableName, Value } from "../databases/request.ts"
import { isOurFile } from "../versions/workspace-files.ts"

/**
 * A workspace as one ZIP: the files that a commit has, contents of files under their hash, key-values and tables as
 * JSON lines, on demand the history, and last `bundle.json`, which lists every other entry with its size and hash.
 * Nothing in it is a program of another kind than NXML, and no table is SQLite's own file: such a file can carry what
 * runs when it is opened.
 */
export const MANIFEST = "bundle.json"
export const VALUES = "values.jsonl"
export const TABLES = "tables.jsonl"
export const HISTORY = "history.jsonl"

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const BundleManifest = z.object({
  format: z.literal("nexus-bundle"),
  version: z.literal(1),
  workspace: z.object({ id: Id, name: z.string().max(400) }),
  /** The last change that is in it, and when it was made. */
  seq: z.int().min(0),
  at: z.number(),
  entries: z.array(z.object({ path: z.string().max(400), bytes: z.int().min(0), sha256: Sha256 })).max(100_000),
})
export type BundleManifest = Readonly<z.infer<typeof BundleManifest>>

const Key = z.string().min(1).max(512)
export const ValueLine = z.strictObject({ store: Key, key: Key, value: z.string().max(256 * 1024) })
/** A table's columns stand before its rows. */
export const TableLine = z.union([
  z.strictObject({ table: TableName, columns: Columns }),
  z.strictObject({ row: z.record(z.string().max(63), Value) }),
])

export function contentPath(sha256: string): string {
  return `files/${sha256}`
}

/** The hash that a content's name says; `undefined` where it is not the name of one. */
export function contentHash(path: string): string | undefined {
  return /^files\/([0-9a-f]{64})$/.exec(path)?.[1]
}

/** Nothing else is in a bundle. */
export function isBundleEntry(path: string): boolean {
  return [MANIFEST, VALUES, TABLES, HISTORY].includes(path) || isOurFile(path) || contentHash(path) !== undefined
}
