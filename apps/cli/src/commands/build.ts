import { encodePanel } from "@nexus/reactor/compiled"
import { type ExitCode, type Io, printJson, UsageError } from "../io.ts"
import { readSource } from "../read-source.ts"

export interface BuildOptions {
  readonly out?: string
  readonly back?: boolean
  readonly source?: boolean
  readonly json?: boolean
}

/** Writes the compiled form of each panel beside it, or with `back` the NXML that a compiled one carries. */
export async function build(io: Io, files: readonly string[], options: BuildOptions): Promise<ExitCode> {
  const { out, back = false, source: withSource = true, json = false } = options
  if (out !== undefined && files.length > 1) throw new UsageError("--out takes one file")
  const built: { file: string; out: string; bytes: number }[] = []
  for (const file of files) {
    const to = out ?? `${file.replace(/\.(nxml|nxb)$/, "")}${back ? ".nxml" : ".nxb"}`
    const source = await readSource(io, file)
    const content = back ? new TextEncoder().encode(source) : encodePanel(source, { withSource, name: file })
    await io.write(to, content)
    built.push({ file, out: to, bytes: content.length })
  }
  if (json) printJson(io, { files: built })
  else for (const { file, out: to, bytes } of built) io.out(`${file} → ${to}, ${bytes} bytes\n`)
  return 0
}
