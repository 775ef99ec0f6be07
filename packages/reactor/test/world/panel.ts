import type { Panel } from "@nexus/protocol"
import { parsePanel } from "../../src/index.ts"

/** A panel of these rooms; throws when the NXML has errors. */
export function panelOf(rooms: { data?: string; logic?: string; view: string }): Panel {
  return panelFrom(sourceOf(rooms))
}

export function sourceOf({ data = "", logic = "", view }: { data?: string; logic?: string; view: string }): string {
  return `<NexusPanel title="Test"><Data>${data}</Data><Logic>${logic}</Logic><View>${view}</View></NexusPanel>`
}

export function panelFrom(source: string): Panel {
  const { panel, diagnostics } = parsePanel(source)
  const errors = diagnostics.filter(({ severity }) => severity === "error")
  if (!panel || errors.length > 0) throw new Error(JSON.stringify(errors))
  return panel
}
