import type { Panel } from "@nexus/protocol"
import type { PanelOptions } from "../nxml/vocabulary.ts"

/** How a source becomes a panel: by a parser where one is loaded, else by what was compiled from the same source. */
export type PanelReader = (source: string, options: PanelOptions) => Panel | undefined

const readers: { parser?: PanelReader; compiled?: PanelReader } = {}

/** Lets the parser read from now on. */
export function readPanelsByParser(parser: PanelReader): void {
  readers.parser = parser
}

/** Lets compiled panels be found where there is no parser. */
export function readPanelsCompiled(compiled: PanelReader): void {
  readers.compiled = compiled
}

/** The panel a source means, or `undefined` where it cannot be read. */
export function readPanel(source: string, options: PanelOptions = {}): Panel | undefined {
  return (readers.parser ?? readers.compiled)?.(source, options)
}
