import type { ReactNode } from "react"
import type { ComponentProps } from "../component.ts"

export function Code({ node, props, root }: ComponentProps): ReactNode {
  const language = props.text("language")
  return (
    <figure {...root} className="nx-code">
      {language !== "" && <figcaption>{language}</figcaption>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{props.text("content") || node.content}</code>
      </pre>
    </figure>
  )
}
