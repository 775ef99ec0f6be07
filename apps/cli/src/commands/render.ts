import { Graph, JsonObject, NexusError, type Panel, packageComponents } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"
import "@nexus/reactor/register-jsx"
import { type ExitCode, type Io, parseJsonOption, printJson, UsageError } from "../io.ts"
import { graphOfPackages } from "../read-package.ts"
import { readSource } from "../read-source.ts"

export interface RenderOptions {
  readonly state?: string
  /** Files of other panels, for Embed and Import, which name them by title. */
  readonly with?: readonly string[]
  readonly package?: readonly string[]
  readonly json?: boolean
}

/** Prints a panel's HTML as the server renders it. */
export async function render(io: Io, file: string, options: RenderOptions): Promise<ExitCode> {
  const state = JsonObject.safeParse(options.state === undefined ? {} : parseJsonOption(options.state, "--state"))
  if (!state.success) throw new UsageError("--state takes a JSON object of states by name")
  const within = graphOfPackages(options.package ?? [])
  const panel = readPanel(file, await readSource(io, file), within)
  for (const [index, other] of (options.with ?? []).entries()) {
    const source = await io.read(other)
    putPanel(within, `with_${index}`, source, readPanel(other, source, within))
  }
  // The components are .tsx: the import must come after the hook that lets Node read them.
  const { renderPanel } = await import("@nexus/reactor/render")
  const html = renderPanel(panel, state.data, { within })
  if (options.json) printJson(io, { html })
  else io.out(`${html}\n`)
  return 0
}

/** The panel a source means, or a `panel-invalid` failure with the first error's place. */
export function readPanel(file: string, source: string, within = new Graph()): Panel {
  const { panel, diagnostics } = parsePanel(source, { components: packageComponents(within).declarations })
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

function putPanel(graph: Graph, id: string, source: string, { title, states }: Panel): void {
  const state = Object.fromEntries(states.map(({ name, initial }) => [name, initial]))
  const properties = { source, title, state, frame: { x: 0, y: 0, w: 400, h: 300 }, grants: [] }
  graph.putEntity({ id, kind: "panel", name: title, scope: "", properties })
}
