import type { ReactNode } from "react"

interface EmptyProps {
  readonly icon: ReactNode
  readonly title: string
  readonly children: ReactNode
}

/** What a place says while there is nothing in it: what it is for and the way in. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <span className="text-faint">{icon}</span>
      <p className="font-medium text-14">{title}</p>
      <div className="max-w-64 text-13 text-soft">{children}</div>
    </div>
  )
}
