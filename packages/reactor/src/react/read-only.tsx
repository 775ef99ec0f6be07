import { createContext, type ReactNode, useContext } from "react"

const ReadOnlyContext = createContext(false)

/**
 * What stands inside is to be looked at: inputs and buttons are switched off, nothing is written and no event runs, and
 * yet a viewer sorts a table, opens a tab or switches off a line of a chart. A disabled fieldset was refused: it switches
 * off and dims those as well.
 */
export function ReadOnly({ on, children }: { readonly on: boolean; readonly children: ReactNode }): ReactNode {
  return <ReadOnlyContext value={on}>{children}</ReadOnlyContext>
}

/** Whether what is painted here may only be looked at. */
export function useReadOnly(): boolean {
  return useContext(ReadOnlyContext)
}
