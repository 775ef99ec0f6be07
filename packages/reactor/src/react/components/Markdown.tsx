import type { ReactNode } from "react"
import type { ComponentProps } from "../component.ts"
import { MarkdownPart } from "../markdown/part.ts"
import { OnDemand } from "../on-demand.tsx"

/** GitHub's Markdown, from `content` or from the element's own text. */
export function Markdown({ node, props, root }: ComponentProps): ReactNode {
  const text = props.text("content") || node.content
  return (
    <div {...root} className="nx-markdown">
      <OnDemand part={MarkdownPart} props={{ text }} fallback={<Unread text={text} />} />
    </div>
  )
}

/** Keeps the room of a text that is not read yet. */
function Unread({ text }: { readonly text: string }): ReactNode {
  return (
    <div className="nx-unread" aria-hidden="true">
      {text}
    </div>
  )
}
