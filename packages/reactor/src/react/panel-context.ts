import { type ComponentType, createContext, useContext } from "react"
import type { LivePanel } from "../store/live-panel.ts"
import type { ComponentProps } from "./component.ts"

/** The component that paints an element of the View: one of ours, else what paints those of packages. */
export type ComponentOf = (element: string) => ComponentType<ComponentProps>

/** What everything inside a PanelView needs. Containers paint any component, so they are told which, and import none. */
export interface Painting {
  readonly live: LivePanel
  readonly componentOf: ComponentOf
}

export const PaintingContext = createContext<Painting | undefined>(undefined)

export function usePainting(): Painting {
  const painting = useContext(PaintingContext)
  if (!painting) throw new Error("a component stands inside a PanelView")
  return painting
}

/** The panel that is being painted. */
export function usePanel(): LivePanel {
  return usePainting().live
}

/** The form around a component: what a Button without `onClick` does. */
export interface FormAround {
  readonly busy: boolean
}

export const FormContext = createContext<FormAround | undefined>(undefined)
