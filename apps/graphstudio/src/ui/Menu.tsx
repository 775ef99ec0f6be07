import { cloneElement, lazy, Suspense, useState } from "react"
import type { MenuProps } from "./menu-props.ts"

const load = () => import("./OpenMenu.tsx")
const OpenMenu = lazy(load)

/** A menu that opens below its trigger. What draws it comes when the pointer comes near, or with the first opening. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false)
  const trigger = cloneElement(props.trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: load,
    onClick: () => setWanted(true),
    onKeyDown: ({ key }) => key === "ArrowDown" && setWanted(true),
  })
  return wanted ? (
    <Suspense fallback={trigger}>
      <OpenMenu {...props} />
    </Suspense>
  ) : (
    trigger
  )
}
