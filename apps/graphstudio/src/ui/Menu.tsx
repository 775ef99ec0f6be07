import { cloneElement, useState } from "react"
import type { MenuProps } from "./menu-props.ts"
import { onDemand } from "./on-demand.tsx"

const OpenMenu = onDemand(
  () => import("./OpenMenu.tsx"),
  ({ trigger }: MenuProps) => trigger,
)

/** A menu that opens below its trigger. What draws it comes when the pointer comes near, or with the first opening. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false)
  const trigger = cloneElement(props.trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: () => OpenMenu.prefetch().catch(() => undefined),
    onClick: () => setWanted(true),
    onKeyDown: ({ key }) => key === "ArrowDown" && setWanted(true),
  })
  return wanted ? <OpenMenu {...props} /> : trigger
}
