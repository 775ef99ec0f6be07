import type { ReactNode } from "react"

export interface InlineErrorProps {
  readonly element: string
  readonly messages: readonly string[]
}

/** What stands in the place of a component that cannot be shown. */
export function InlineError({ element, messages }: InlineErrorProps): ReactNode {
  return (
    <div className="nx-error" role="note" aria-label={`${element} cannot be shown`}>
      <strong>{element}</strong> {messages.join(" · ")}
    </div>
  )
}
