import { type Cause, type Entity, NexusError } from "@nexus/protocol"
import type { Databases } from "../databases/databases.ts"
import { type Files, fileOf } from "../files/files.ts"
import type { ValueStore } from "../storage/journal.ts"
import { checkoutOperations } from "../versions/checkout.ts"
import type { Workspace } from "../workspace/workspace.ts"
import { contentPath } from "./bundle-format.ts"
import type { Bundle } from "./read-bundle.ts"

export interface ImportParts {
  readonly files: Files
  readonly values: ValueStore
  readonly databases: Databases
}

export interface BundleImport {
  readonly name: string
  readonly cause: Cause
  readonly submission: string
}

const ROWS_AT_ONCE = 200

/**
 * Puts a bundle into a workspace that was just made, as one change: the checkout of what the bundle holds. Panels come
 * without grants, since a right is given by a person and not by a file, and nothing in them is run. A history that came
 * along is not taken over: it is what a file claims that people did, and a journal is what they did here.
 */
export async function importBundle(
  workspace: Workspace,
  bundle: Bundle,
  { files, values, databases }: ImportParts,
  { name, cause, submission }: BundleImport,
): Promise<void> {
  const committed = { ...bundle.workspace(workspace.id), name }
  const operations = checkoutOperations(workspace, committed)
  await files.restore(
    workspace,
    filesAmong(committed.entities.values()).flatMap((file) =>
      bundle.contents.has(file.sha256) ? [{ ...file, bytes: () => bundle.zip.read(contentPath(file.sha256)) }] : [],
    ),
  )
  await workspace.commit({ submission, cause, operations })
  for (const { store, key, value } of bundle.values) {
    if (!isJsonText(value)) throw new NexusError({ code: "invalid-input", detail: `the value of ${key} is not JSON` })
    await values.set(workspace.id, `kv:${store}`, key, value)
  }
  for (const { table, columns, rows } of bundle.tables) {
    await databases.ask(workspace.id, { kind: "createTable", table, columns })
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      await databases.ask(workspace.id, {
        kind: "insert",
        table,
        rows: rows.slice(start, start + ROWS_AT_ONCE),
        submission: `${submission}.${table}.${start}`,
      })
    }
  }
}

/** One file for each content. */
function filesAmong(entities: Iterable<Entity>) {
  const files = new Map(
    [...entities].flatMap((entity) => {
      const file = fileOf(entity)
      return file ? [[file.sha256, file] as const] : []
    }),
  )
  return [...files.values()]
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
