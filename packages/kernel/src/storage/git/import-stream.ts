import type { NewVersion } from "../versions.ts"
import { blobId } from "./blob-id.ts"

/** A version as `git fast-import` reads it. Files whose blob `known` has already are named, not sent again. */
export function importStream(
  version: NewVersion & { readonly ref: string; readonly known: ReadonlyMap<string, string> },
): Buffer {
  const { ref, parent, merged, files, owns, message, author, persons = [], atMs, seq, known } = version
  const time = `${Math.floor(atMs / 1000)} +0000`
  const stored = new Set(known.values())
  const trailers = [...persons.map((name) => `Nexus-Person: ${person(name)}\n`), `Nexus-Seq: ${seq}\n`]
  const text = `${clean(message).trim()}\n\n${trailers.join("")}`
  const parts = [
    `commit ${ref}\nmark :1\n`,
    `author ${person(author)} <> ${time}\n`,
    `committer Nexus <> ${time}\n`,
    data(text),
    parent ? `from ${parent}\n` : "",
    merged ? `merge ${merged}\n` : "",
  ]
  if (parent && !owns) parts.push("deleteall\n")
  if (owns) for (const path of known.keys()) if (owns(path) && !files.has(path)) parts.push(`D ${path}\n`)
  for (const path of [...files.keys()].sort()) {
    const content = files.get(path) ?? ""
    const blob = blobId(content)
    if (owns && known.get(path) === blob) continue
    if (stored.has(blob)) parts.push(`M 100644 ${blob} ${path}\n`)
    else parts.push(`M 100644 inline ${path}\n`, data(content))
  }
  return Buffer.from(`${parts.join("")}get-mark :1\ndone\n`, "utf8")
}

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
