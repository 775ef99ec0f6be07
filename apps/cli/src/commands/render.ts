import { JsonObject, NexusError } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"
import "@nexus/reactor/register-jsx"
import { type ExitCode, type Io, parseJsonOption, printJson, UsageError } from "../io.ts"

/** Prints a panel's HTML as the server renders it. */
export async function render(io: Io, file: string, options: { state?: string; json?: boolean }): Promise<ExitCode> {
  const state = JsonObject.safeParse(options.state === undefined ? {} : parseJsonOption(options.state, "--state"))
  if (!state.success) throw new UsageError("--state takes a JSON object of states by name")
  const panel = readPanel(file, await io.read(file))
  // The components are .tsx: the import must come after the hook that lets Node read them.
  const { renderPanel } = await import("@nexus/reactor/render")
  const html = renderPanel(panel, state.data)
  if (options.json) printJson(io, { html })
  else io.out(`${html}\n`)
  return 0
}

/** The panel a source means, or a `panel-invalid` failure with the first error's place. */
export function readPanel(file: string, source: string) {
  const { panel, diagnostics } = parsePanel(source)
  const errors = diagnostics.filter(({ severity }) => severity === "error")
  const first = errors[0]
  if (panel && !first) return panel
  throw new NexusError({
    code: "panel-invalid",
    panel: file,
    errors: errors.length,
    first: first?.message ?? "there is no NexusPanel element",
    line: first?.range.line,
    column: first?.range.column,
  })
}
