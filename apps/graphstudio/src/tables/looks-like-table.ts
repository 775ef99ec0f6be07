const LOOKED_AT = 20

/**
 * Is a pasted text a table? Its first lines have the same sign equally often, or it is a list in JSON. NXML, addresses and
 * prose are none. Small enough to stand in the first script: what reads the table comes with its dialog.
 */
export function looksLikeTable(text: string): boolean {
  const start = text.trimStart()
  if (start.startsWith("[")) return isListOfObjects(start)
  if (/^(?:<|\{|https?:)/i.test(start)) return false
  const lines = start.split(/\r?\n/).filter((line) => line.trim() !== "")
  if (lines.length < 2) return false
  const looked = lines.slice(0, LOOKED_AT).map(withoutQuoted)
  return ["\t", ";", "|", ","].some((sign) => {
    const [first = 0, ...others] = looked.map((line) => line.split(sign).length)
    return first > 1 && others.every((count) => count === first)
  })
}

function withoutQuoted(line: string): string {
  return line.replaceAll(/"[^"]*"/g, "")
}

function isListOfObjects(text: string): boolean {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.length > 0 && list.every((item) => typeof item === "object" && item !== null)
  } catch {
    return false
  }
}
