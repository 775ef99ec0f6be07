import type { NewVersion } from "../versions.ts"

/** A version, with the blob ids of its files and of those that its parent has. */
export interface ImportedVersion extends NewVersion {
  readonly blobs: ReadonlyMap<string, string>
  readonly known: ReadonlyMap<string, string>
}

/** What git says when a version stands on the disk, below the id of its commit. */
export const WRITTEN = "progress written"

/**
 * A version as `git fast-import` reads it. Files whose blob `known` has already are named, not sent again. The commit is
 * made under a draft that is forgotten before the checkpoint: what is written are objects, and never a ref.
 */
export function importStream(version: ImportedVersion): Buffer {
  const { parent, merged, files, owns, message, author, persons = [], atMs, seq, blobs, known } = version
  const time = `${Math.floor(atMs / 1000)} +0000`
  const stored = new Set(known.values())
  const trailers = [...persons.map((name) => `Nexus-Person: ${person(name)}\n`), `Nexus-Seq: ${seq}\n`]
  const text = `${clean(message).trim()}\n\n${trailers.join("")}`
  const parts = [
    `commit ${DRAFT}\nmark :1\n`,
    `author ${person(author)} <> ${time}\n`,
    `committer Nexus <> ${time}\n`,
    data(text),
    parent ? `from ${parent}\n` : "",
    merged ? `merge ${merged}\n` : "",
  ]
  if (parent && !owns) parts.push("deleteall\n")
  if (owns) for (const path of known.keys()) if (owns(path) && !files.has(path)) parts.push(`D ${path}\n`)
  for (const path of [...files.keys()].sort()) {
    const blob = blobs.get(path)
    if (owns && known.get(path) === blob) continue
    if (blob !== undefined && stored.has(blob)) parts.push(`M 100644 ${blob} ${path}\n`)
    else parts.push(`M 100644 inline ${path}\n`, data(files.get(path) ?? ""))
  }
  parts.push(`get-mark :1\nreset ${DRAFT}\n\ncheckpoint\n${WRITTEN}\n`)
  return Buffer.from(parts.join(""), "utf8")
}

const DRAFT = "refs/nexus/draft"

function data(text: string): string {
  return `data ${Buffer.byteLength(text, "utf8")}\n${text}\n`
}

/** A name cannot end its line early or open an address. */
function person(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return name.replaceAll(/[<>\u0000-\u001f]/g, " ").trim() || "Somebody"
}

/** Git refuses a NUL in a message. */
function clean(text: string): string {
  return text.replaceAll("\0", " ")
}
