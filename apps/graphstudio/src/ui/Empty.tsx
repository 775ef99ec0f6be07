import type { ReactNode } from "react"

interface EmptyProps {
  readonly icon: ReactNode
  readonly title: string
  readonly children: ReactNode
  /** All that the page says: then its title is the page's. */
  readonly alone?: boolean
}

/** What a place says while there is nothing in it: what it is for and the way in. */
export function Empty({ icon, title, children, alone = false }: EmptyProps) {
  const Title = alone ? "h1" : "p"
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <span className="text-faint">{icon}</span>
      <Title className="font-medium text-14">{title}</Title>
      <div className="max-w-64 text-pretty text-13 text-soft">{children}</div>
    </div>
  )
}
