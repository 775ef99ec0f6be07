import type { IconName } from "@nexus/protocol"
import type { LucideIcon } from "lucide-react"
import type { ReactNode } from "react"
import * as signs from "./signs.ts"

/** The type asks for every declared name, so none can be declared and not drawn. */
const SIGNS: { readonly [Name in IconName]: LucideIcon } = signs

export interface IconDrawingProps {
  readonly name: string
  readonly size: number
}

/** One sign of the set as a drawing, in the colour of the words around it; nothing for a name it does not have. */
export function IconDrawing({ name, size }: IconDrawingProps): ReactNode {
  if (!isSign(name)) return null
  const Sign = SIGNS[name]
  return <Sign size={size} strokeWidth={1.75} aria-hidden="true" focusable="false" />
}

function isSign(name: string): name is IconName {
  return Object.hasOwn(SIGNS, name)
}
