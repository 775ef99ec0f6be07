import type { ReactNode } from "react"
import type { RootAttributes } from "./component.ts"

export interface InlineErrorProps {
  readonly element: string
  readonly messages: readonly string[]
  readonly root?: RootAttributes
  /** The way to where it is written. */
  readonly children?: ReactNode
}

/** What stands in the place of a component that cannot be shown. */
export function InlineError({ element, messages, root, children }: InlineErrorProps): ReactNode {
  return (
    <div {...root} className="nx-error" role="note" aria-label={`${element} cannot be shown`}>
      <strong>{element}</strong> {messages.join(" · ")}
      {children}
    </div>
  )
}
