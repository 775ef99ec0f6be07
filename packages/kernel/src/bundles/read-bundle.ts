import { Change, NexusError } from "@nexus/protocol"
import type * as z from "zod"
import { type CommittedWorkspace, fromFiles } from "../versions/workspace-files.ts"
import {
  BundleManifest,
  contentHash,
  HISTORY,
  isBundleEntry,
  MANIFEST,
  TABLES,
  TableLine,
  VALUES,
  ValueLine,
} from "./bundle-format.ts"
import { DEFAULT_ZIP_LIMITS, hashOfEntry, notABundle, type OpenedZip, openZip, type ZipLimits } from "./open-zip.ts"

/** A bundle that was read and is what it says: nothing of it has been taken in yet. */
export interface Bundle {
  readonly manifest: BundleManifest
  /** As it would stand in the workspace of this id. */
  workspace(id: string): CommittedWorkspace
  readonly contents: ReadonlySet<string>
  readonly values: readonly z.output<typeof ValueLine>[]
  readonly tables: readonly Table[]
  readonly zip: OpenedZip
}

export interface Table {
  readonly table: string
  readonly columns: Extract<z.output<typeof TableLine>, { table: string }>["columns"]
  readonly rows: readonly Extract<z.output<typeof TableLine>, { row: object }>["row"][]
}

/** Throws `invalid-input` with what is wrong, or `too-large`. Every entry is read and held to the list's hash. */
export async function readBundle(path: string, limits: ZipLimits = DEFAULT_ZIP_LIMITS): Promise<Bundle> {
  const zip = await openZip(path, limits, isBundleEntry)
  try {
    const manifest = parsed(BundleManifest, await zip.text(MANIFEST), MANIFEST)
    await verify(zip, manifest)
    const texts = new Map<string, string>()
    for (const { path: entry } of manifest.entries)
      if (/^(?:workspace|nog)\.json$|^panels\//.test(entry)) texts.set(entry, await zip.text(entry))
    const lines = async <Schema extends z.ZodType>(entry: string, schema: Schema) =>
      zip.paths.has(entry) ? linesOf(await zip.text(entry), schema, entry) : []
    // A history is read as far as it is one, and kept by who has the bundle; see `import-bundle.ts`.
    await lines(HISTORY, Change)
    return {
      manifest,
      workspace: (id) => fromFiles(texts, id),
      contents: new Set([...zip.paths].flatMap((entry) => contentHash(entry) ?? [])),
      values: await lines(VALUES, ValueLine),
      tables: tablesOf(await lines(TABLES, TableLine)),
      zip,
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

/** The list and the entries are the same, and each entry is what the list says. */
async function verify(zip: OpenedZip, { entries }: BundleManifest): Promise<void> {
  const listed = new Map(entries.map((entry) => [entry.path, entry]))
  for (const path of zip.paths)
    if (path !== MANIFEST && !listed.has(path)) throw notABundle(`${path} is not in its list`)
  for (const { path, bytes, sha256 } of listed.values()) {
    if (!zip.paths.has(path)) throw notABundle(`${path} is missing`)
    const named = contentHash(path)
    if (zip.sizeOf(path) !== bytes || (named !== undefined && named !== sha256) || path === MANIFEST)
      throw notABundle(`${path} is not what its list says`)
    if ((await hashOfEntry(zip, path)) !== sha256) throw notABundle(`${path} was changed`)
  }
}

function linesOf<Schema extends z.ZodType>(text: string, schema: Schema, path: string): z.output<Schema>[] {
  return text
    .split("\n")
    .filter((one) => one !== "")
    .map((one, index) => parsed(schema, one, `${path}:${index + 1}`))
}

function parsed<Schema extends z.ZodType>(schema: Schema, text: string, place: string): z.output<Schema> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw notABundle(`${place} is not JSON`)
  }
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw notABundle(`${place} ${issue?.path.join(".") ?? ""} ${issue?.message ?? "is not what belongs there"}`)
}

function tablesOf(lines: readonly z.output<typeof TableLine>[]): Table[] {
  const tables: { table: string; columns: Table["columns"]; rows: Table["rows"][number][] }[] = []
  for (const line of lines) {
    if ("table" in line) tables.push({ ...line, rows: [] })
    else if (tables.length === 0) throw notABundle("a row stands before its table")
    else tables.at(-1)?.rows.push(line.row)
  }
  const names = new Set(tables.map(({ table }) => table))
  if (names.size < tables.length) throw new NexusError({ code: "invalid-input", detail: "a table is there twice" })
  return tables
}
