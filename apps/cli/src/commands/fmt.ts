import { formatPanel } from "@nexus/reactor"
import { applyEdits, PanelDocument, strictXml } from "@nexus/reactor/language"
import type { ExitCode, Io } from "../io.ts"
import { printJson } from "../io.ts"

/**
 * Writes each file in the one layout; with `check` it only says which files are not, with `xml` they become well-formed XML
 * too. `-` prints to standard output.
 */
export async function fmt(
  io: Io,
  files: readonly string[],
  options: { check?: boolean; xml?: boolean; json?: boolean },
): Promise<ExitCode> {
  const results: { file: string; changed: boolean }[] = []
  for (const file of files) {
    const before = await io.read(file)
    const after = formatPanel(options.xml ? asXml(before) : before)
    const changed = after !== before
    results.push({ file, changed })
    if (options.check) continue
    if (file === "-") io.out(after)
    else if (changed) await io.write(file, after)
  }
  const changed = results.filter((result) => result.changed)
  if (options.json) printJson(io, { files: results })
  else if (!files.includes("-")) {
    for (const { file } of changed) io.out(`${file} ${options.check ? "is not formatted" : "formatted"}\n`)
  }
  return options.check && changed.length > 0 ? 1 : 0
}

function asXml(source: string): string {
  return applyEdits(source, strictXml(new PanelDocument(source)))
}
