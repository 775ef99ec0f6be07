import type { ReactNode } from "react"
import ReactMarkdown, { type Components } from "react-markdown"
import remarkGfm from "remark-gfm"
import type { ComponentProps } from "../component.ts"
import { safeUrl } from "../safe-url.ts"

const PLUGINS = [remarkGfm]

const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a className="nx-link" href={href || undefined} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  ),
}

/** GitHub's Markdown. Raw HTML stays text, and only safe addresses become links or pictures. */
export function Markdown({ node, props, root }: ComponentProps): ReactNode {
  return (
    <div {...root} className="nx-markdown">
      <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS} urlTransform={safeUrl}>
        {props.text("content") || node.content}
      </ReactMarkdown>
    </div>
  )
}
