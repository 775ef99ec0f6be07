import { createContext, useContext } from "react"
import type { LivePanel } from "../store/live-panel.ts"

export const PanelContext = createContext<LivePanel | undefined>(undefined)

/** The panel that is being painted. */
export function usePanel(): LivePanel {
  const live = useContext(PanelContext)
  if (!live) throw new Error("a component stands inside a PanelView")
  return live
}

/** The form around a component: what a Button without `onClick` does. */
export interface FormAround {
  readonly busy: boolean
}

export const FormContext = createContext<FormAround | undefined>(undefined)
