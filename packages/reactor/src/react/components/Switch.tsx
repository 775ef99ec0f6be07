import type { ReactNode } from "react"
import { Choice } from "../Choice.tsx"
import type { ComponentProps } from "../component.ts"

export function Switch(component: ComponentProps): ReactNode {
  return <Choice {...component} look="switch" />
}
