import type { ReactNode } from "react"
import type { ComponentProps } from "../component.ts"
import { safeUrl } from "../safe-url.ts"

export function Link({ props, root }: ComponentProps): ReactNode {
  const href = safeUrl(props.text("href"))
  const label = props.text("label") || props.text("href")
  if (href === undefined) {
    return (
      <span {...root} className="nx-link" data-dead="" title="Only http, https and mailto addresses open">
        {label}
      </span>
    )
  }
  return (
    <a {...root} className="nx-link" href={href} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  )
}
