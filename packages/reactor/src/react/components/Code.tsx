import { type ReactNode, useId } from "react"
import { CodeText } from "../code/CodeText.tsx"
import { CopyButton } from "../code/CopyButton.tsx"
import type { ComponentProps } from "../component.ts"

/** Text as it is written, with numbers beside its lines where asked. */
export function Code({ node, props, root }: ComponentProps): ReactNode {
  const caption = useId()
  const text = (props.text("content") || node.content).replace(/\r\n/g, "\n")
  const language = props.text("language")
  const title = props.text("label") || language
  return (
    <figure {...root} className="nx-code" data-numbered={props.flag("lines") || undefined}>
      {(title !== "" || props.flag("copy")) && (
        <div className="nx-code-bar">
          <figcaption id={caption}>{title}</figcaption>
          {props.flag("copy") && <CopyButton text={text} />}
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} style={{ maxHeight: props.number("height") }}>
        <code>
          <CodeText text={text} language={language} />
        </code>
      </pre>
    </figure>
  )
}
