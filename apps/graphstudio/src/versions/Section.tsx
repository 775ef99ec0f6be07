import type { ReactNode } from "react"

/** A part of the drawer that is folded until it is asked for. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className="border-line border-t">
      <summary className="cursor-default px-4 py-2.5 font-medium text-13 hover:bg-hover">{title}</summary>
      <div className="flex flex-col gap-2 px-4 pb-4">{children}</div>
    </details>
  )
}
