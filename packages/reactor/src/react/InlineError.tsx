import type { ReactNode } from "react"
import type { RootAttributes } from "./component.ts"
import { word } from "./words.ts"

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
    <div {...root} className="nx-error" role="note" aria-label={word("{element} cannot be shown", { element })}>
      <strong>{element}</strong> {messages.join(" · ")}
      {children}
    </div>
  )
}
