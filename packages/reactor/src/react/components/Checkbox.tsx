import type { ReactNode } from "react"
import { Choice } from "../Choice.tsx"
import type { ComponentProps } from "../component.ts"

export function Checkbox(component: ComponentProps): ReactNode {
  return <Choice {...component} look="checkbox" />
}
