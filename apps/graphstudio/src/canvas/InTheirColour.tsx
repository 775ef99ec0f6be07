import type { CSSProperties, ReactNode } from "react"
import { personColour } from "../ui/person-colour.ts"
import { usePanelActivity } from "../workspace/desk-context.ts"

type PersonStyle = CSSProperties & Record<"--nx-person", string>

/** Values that somebody else changed breathe in that person's colour: it is inherited from here, so nothing repaints. */
export function InTheirColour({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const person = usePanelActivity(id, ({ remote }) => remote?.by.id)
  const style: PersonStyle | undefined = person === undefined ? undefined : { "--nx-person": personColour(person) }
  return (
    <div className="contents" style={style}>
      {children}
    </div>
  )
}
