import { NexusError } from "@nexus/protocol"

/**
 * Where handlers find a file: names joined by `/`, in the one spelling there is. A path is no place on a disk, it is
 * only compared, with other paths and with the globs of grants; what has one spelling cannot slip past a grant under
 * another. So nothing is resolved or mended: what is not plain is refused.
 */
const MOST_CHARACTERS = 512
/** Control and invisible characters, separators of other systems, and `*`, which stands for many in a grant. */
const ODD = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\*]|[^\S ]/u

/** Throws `invalid-input` that says what is wrong with the spelling. */
export function parsePath(value: unknown): string {
  if (typeof value !== "string") throw odd("a path is text, such as notes/today.md")
  const said = JSON.stringify(value.slice(0, 100))
  if (value.length > MOST_CHARACTERS)
    throw odd(`a path has at most ${MOST_CHARACTERS} characters; this has ${value.length}`)
  if (ODD.test(value) || !value.isWellFormed()) throw odd(`${said} has a character that no path has`)
  if (value.normalize("NFC") !== value) throw odd(`${said} is not in composed Unicode (NFC)`)
  for (const part of value.split("/")) {
    if (part === "") throw odd(`${said} has an empty part; a path is names joined by one /, and begins with none`)
    if (part === "." || part === "..") throw odd(`${said} leads elsewhere by "${part}"; write the path itself`)
    if (part.trim() !== part) throw odd(`${said} has a blank at an end of a name`)
    if (part.length > 255) throw odd("a name in a path has at most 255 characters")
  }
  return value
}

/** A path in which `*` stands for any run of characters. */
export function parseGlob(value: unknown): string {
  if (typeof value !== "string") throw odd("a pattern is text, such as notes/*")
  parsePath(value.replaceAll("*", "x"))
  return value
}

function odd(detail: string): NexusError {
  return new NexusError({ code: "invalid-input", detail, path: "path" })
}
