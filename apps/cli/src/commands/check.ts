import { type Diagnostic, packageComponents } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"
import type { ExitCode, Io } from "../io.ts"
import { printJson } from "../io.ts"
import { graphOfPackages } from "../read-package.ts"
import { readSource } from "../read-source.ts"

interface Finding {
  readonly code: string
  readonly message: string
  readonly line: number
  readonly column: number
  readonly offset: number
  readonly length: number
  readonly hint?: string
}

/** Reads each file and lists what is wrong with it, in document order. */
export async function check(
  io: Io,
  files: readonly string[],
  options: { json?: boolean; package?: readonly string[] },
): Promise<ExitCode> {
  const results = []
  const { declarations: components } = packageComponents(graphOfPackages(options.package ?? []))
  for (const file of files) {
    const { diagnostics } = parsePanel(await readSource(io, file), { components })
    const findings = (severity: Diagnostic["severity"]) =>
      diagnostics.filter((diagnostic) => diagnostic.severity === severity).map(toFinding)
    results.push({ file, errors: findings("error"), warnings: findings("warning") })
  }
  const errors = results.reduce((sum, { errors }) => sum + errors.length, 0)
  if (options.json) {
    printJson(io, { files: results })
    return errors > 0 ? 1 : 0
  }
  for (const { file, errors, warnings } of results) {
    for (const finding of errors) io.out(line(file, "error", finding))
    for (const finding of warnings) io.out(line(file, "warning", finding))
  }
  const warnings = results.reduce((sum, { warnings }) => sum + warnings.length, 0)
  io.out(`${results.length} ${results.length === 1 ? "file" : "files"}, ${errors} errors, ${warnings} warnings\n`)
  return errors > 0 ? 1 : 0
}

function toFinding({ code, message, range, hint }: Diagnostic): Finding {
  return { code, message, ...range, ...(hint === undefined ? {} : { hint }) }
}

function line(file: string, severity: string, finding: Finding): string {
  const hint = finding.hint ? ` ${finding.hint}` : ""
  return `${file}:${finding.line}:${finding.column} ${severity} ${finding.code}: ${finding.message}${hint}\n`
}
