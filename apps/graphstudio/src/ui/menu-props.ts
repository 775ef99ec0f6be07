import type { ComponentProps, ReactElement, ReactNode } from "react"

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
  readonly onClose?: () => void
}
