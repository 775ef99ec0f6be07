import type { ReactNode } from "react"
import ReactMarkdown, { type Components } from "react-markdown"
import remarkGfm from "remark-gfm"
import { CodeText } from "../code/CodeText.tsx"
import { safeUrl } from "../safe-url.ts"
import { word } from "../words.ts"

const PLUGINS = [remarkGfm]

const COMPONENTS: Components = {
  a: ({ href, children }) =>
    href ? (
      <a className="nx-link" href={href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    ) : (
      <span className="nx-link" data-dead="">
        {children}
      </span>
    ),
  img: ({ src, alt }) =>
    typeof src === "string" && src !== "" ? (
      <img src={src} alt={alt ?? ""} loading="lazy" referrerPolicy="no-referrer" />
    ) : (
      <span className="nx-muted">{alt}</span>
    ),
  // A box that nobody can tick is a picture of one.
  input: ({ checked }) => (
    <span
      className="nx-task"
      role="img"
      aria-label={word(checked ? "Done" : "To do")}
      data-done={checked || undefined}
    />
  ),
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <div className="nx-markdown-table" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard
    <pre tabIndex={0}>{children}</pre>
  ),
  code: ({ className, children }) => {
    const language = /language-([\w+-]+)/.exec(className ?? "")?.[1]
    if (language === undefined) return <code>{children}</code>
    return (
      <code>
        <CodeText text={String(children).replace(/\n$/, "")} language={language} />
      </code>
    )
  },
}

/** GitHub's Markdown. Raw HTML stays text, and only safe addresses become links or pictures. */
export function MarkdownText({ text }: { readonly text: string }): ReactNode {
  return (
    <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS} urlTransform={safeUrl}>
      {text}
    </ReactMarkdown>
  )
}
