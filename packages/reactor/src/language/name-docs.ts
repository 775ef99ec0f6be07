import type { Computed, Handler, Import, Panel, State, Tool } from "@nexus/protocol"
import { codeBlock, joined } from "./docs.ts"

/** What a state is: its type, first value and for whom it is kept. Markdown. */
export function stateDoc({ name, type, initial, description, scope, secret }: State): string {
  const shown = JSON.stringify(initial)
  const first = secret ? "" : ` = ${shown.length > 80 ? `${shown.slice(0, 77)}…` : shown}`
  const kept = scope === "session" ? "Each viewer's own, never kept." : "Shared and kept."
  const hidden = secret ? "Secret: it never leaves the kernel." : ""
  return joined(codeBlock(`$state.${name}: ${type}${first}`, "ts"), description, joined(kept, hidden))
}

export function computedDoc({ name, value }: Computed, type: string | undefined): string {
  return joined(
    codeBlock(`$computed.${name}${type === undefined ? "" : `: ${type}`}`, "ts"),
    `Computed from \`${value.text}\`.`,
  )
}

export function importDoc({ as, name, panel }: Import): string {
  return joined(codeBlock(`$imports.${as}`, "ts"), `\`${name}\` of the panel ${panel}: read-only and live.`)
}

/** A handler with the arguments its tools name, and what it reads and writes. */
export function handlerDoc({ name, references }: Handler, panel: Panel): string {
  const tool = panel.tools.find((tool) => tool.handler === name)
  const list = (write: boolean) => [
    ...new Set(references.filter((used) => used.write === write).map((used) => `\`${used.root}.${used.name}\``)),
  ]
  const reads = list(false)
  const writes = list(true)
  return joined(
    codeBlock(`handler ${name}(${tool === undefined ? "" : argumentsOf(tool)})`, "ts"),
    tool?.description ?? "",
    joined(
      reads.length === 0 ? "" : `Reads ${reads.join(", ")}.`,
      writes.length === 0 ? "" : `Writes ${writes.join(", ")}.`,
    ),
  )
}

export function toolDoc(tool: Tool): string {
  return joined(
    codeBlock(`tool ${tool.name}(${argumentsOf(tool)})`, "ts"),
    tool.description,
    `Runs the handler \`${tool.handler}\`.`,
  )
}

function argumentsOf({ args }: Tool): string {
  if (args.length === 0) return ""
  const fields = args.map(({ name, type, required }) => `${name}${required ? "" : "?"}: ${type}`)
  return `{ ${fields.join(", ")} }`
}
