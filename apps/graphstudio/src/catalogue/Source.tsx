import { highlightCode, tagHighlighter, tags } from "@lezer/highlight"
import { parser } from "@lezer/xml"
import { type ReactNode, useMemo } from "react"

const colours = tagHighlighter([
  { tag: tags.tagName, class: "font-medium text-accent" },
  { tag: tags.attributeName, class: "text-[var(--nx-chart-6)]" },
  { tag: tags.attributeValue, class: "text-[var(--nx-chart-3)]" },
  { tag: [tags.angleBracket, tags.operator], class: "text-soft" },
  { tag: tags.comment, class: "text-faint italic" },
])

/** NXML to read, in the editor's colours. Long lines break between attributes. */
export function Source({ text }: { readonly text: string }) {
  const painted = useMemo(() => paint(text), [text])
  return (
    <pre className="whitespace-pre-wrap px-4 py-3 font-mono text-12 leading-5 [font-variant-ligatures:none] [overflow-wrap:anywhere]">
      <code>{painted}</code>
    </pre>
  )
}

function paint(text: string): ReactNode[] {
  const parts: ReactNode[] = []
  const put = (piece: string, className: string) =>
    parts.push(
      className === "" ? (
        piece
      ) : (
        <span key={parts.length} className={className}>
          {piece}
        </span>
      ),
    )
  highlightCode(text, parser.parse(text), colours, put, () => parts.push("\n"))
  return parts
}
