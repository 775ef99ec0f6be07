import { type ComponentProps, cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from "react"

const load = () => import("./OpenMenu.tsx")
const OpenMenu = lazy(load)

export interface MenuItem {
  readonly label: string
  readonly icon?: ReactNode
  readonly shortcut?: string | undefined
  readonly tone?: "wrong"
  readonly disabled?: boolean
  readonly run: () => void
}

export interface MenuProps {
  readonly trigger: ReactElement<ComponentProps<"button">>
  readonly items: readonly (MenuItem | "line")[]
  readonly header?: ReactNode
  readonly align?: "start" | "end"
}

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
