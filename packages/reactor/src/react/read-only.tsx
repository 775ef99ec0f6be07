import type { ViewNode } from "@nexus/protocol"
import { createContext, type ReactNode, useContext } from "react"

/** What is switched off: nothing, inputs that write a state, or everything. */
type SwitchedOff = "nothing" | "bound" | "all"

const ReadOnlyContext = createContext<SwitchedOff>("nothing")

interface ReadOnlyProps {
  readonly on: boolean
  /** Only inputs that write a state are switched off; handlers may be run. */
  readonly boundOnly?: boolean
  readonly children: ReactNode
}

/**
 * What stands inside is to be looked at: inputs and buttons are switched off, nothing is written and no event runs, and
 * yet a viewer sorts a table, opens a tab or switches off a line of a chart. A disabled fieldset was refused: it switches
 * off and dims those as well.
 */
export function ReadOnly({ on, boundOnly = false, children }: ReadOnlyProps): ReactNode {
  return <ReadOnlyContext value={on ? (boundOnly ? "bound" : "all") : "nothing"}>{children}</ReadOnlyContext>
}

/** Whether what is painted here may only be looked at. */
export function useReadOnly({ attributes }: ViewNode): boolean {
  const off = useContext(ReadOnlyContext)
  return off === "all" || (off === "bound" && attributes.bind !== undefined)
}
