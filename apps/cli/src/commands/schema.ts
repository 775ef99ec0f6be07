import { panelJsonSchema } from "@nexus/protocol"
import type { ExitCode, Io } from "../io.ts"
import { printJson } from "../io.ts"
import { renderXsd } from "../schema/xsd.ts"

/** Prints the schema of NXML as XML (`xsd`), or of a panel as data (`json`). */
export function schema(io: Io, { format, json }: { format: "xsd" | "json"; json?: boolean }): ExitCode {
  if (format === "xsd" && json) printJson(io, { format, schema: renderXsd() })
  else if (format === "xsd") io.out(renderXsd())
  else if (json) printJson(io, panelJsonSchema())
  else io.out(`${JSON.stringify(panelJsonSchema(), null, 2)}\n`)
  return 0
}
