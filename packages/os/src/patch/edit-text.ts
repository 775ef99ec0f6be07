/** The edited text, or what the author of the edit should do about it. */
export type EditedText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string }

/**
 * Replaces `find` where it stands exactly once. When it stands nowhere, lines are compared once more without their
 * outer spaces, because models re-indent what they quote; the replacement then takes over the indentation it found.
 */
export function editText(source: string, find: string, replace: string): EditedText {
  const exact = occurrences(source, find)
  const [at] = exact
  if (at !== undefined && exact.length === 1) {
    return { ok: true, text: source.slice(0, at) + replace + source.slice(at + find.length) }
  }
  if (exact.length > 1) {
    return { ok: false, problem: `its "find" text stands there more than once; quote more of what surrounds it.` }
  }
  return editLines(source, find, replace)
}

function editLines(source: string, find: string, replace: string): EditedText {
  const lines = source.split("\n")
  const wanted = trimBlankEnds(find.split("\n").map((line) => line.trim()))
  const places: number[] = []
  for (let start = 0; start + wanted.length <= lines.length && wanted.length > 0; start += 1) {
    if (wanted.every((line, offset) => lines[start + offset]?.trim() === line)) places.push(start)
  }
  const [place] = places
  if (place === undefined) {
    return { ok: false, problem: `its "find" text "${excerpt(find)}" does not stand in the source; copy it exactly.` }
  }
  if (places.length > 1) {
    return { ok: false, problem: `its "find" text stands there more than once; quote more of what surrounds it.` }
  }
  const first = wanted[0] ?? ""
  const found = indentOf(lines[place] ?? "")
  const quoted = indentOf(find.split("\n").find((line) => line.trim() === first) ?? "")
  const inserted = replace === "" ? [] : trimBlankEnds(replace.split("\n")).map((line) => reindent(line, quoted, found))
  return { ok: true, text: [...lines.slice(0, place), ...inserted, ...lines.slice(place + wanted.length)].join("\n") }
}

function occurrences(text: string, part: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(part); at >= 0 && places.length < 2; at = text.indexOf(part, at + 1)) places.push(at)
  return places
}

function trimBlankEnds(lines: string[]): string[] {
  const from = lines.findIndex((line) => line.trim() !== "")
  const to = lines.findLastIndex((line) => line.trim() !== "")
  return from < 0 ? [] : lines.slice(from, to + 1)
}

function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length)
}

function reindent(line: string, from: string, to: string): string {
  if (line.trim() === "") return ""
  return line.startsWith(from) ? to + line.slice(from.length) : to + line.trimStart()
}

function excerpt(text: string): string {
  const line = text.trim().replace(/\s+/g, " ")
  return line.length <= 80 ? line : `${line.slice(0, 80)}…`
}
