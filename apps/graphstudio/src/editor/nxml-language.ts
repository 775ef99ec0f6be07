import { javascriptLanguage } from "@codemirror/lang-javascript"
import { xmlLanguage } from "@codemirror/lang-xml"
import { HighlightStyle, LanguageSupport, syntaxHighlighting } from "@codemirror/language"
import { parseMixed, type SyntaxNodeRef } from "@lezer/common"
import { tags } from "@lezer/highlight"

/** NXML for the editor: XML, with JavaScript where a handler's text stands. Meaning comes from the reactor, not from here. */
const nxmlLanguage = xmlLanguage.configure({
  wrap: parseMixed((node, input) =>
    node.name === "Text" && isHandlerText(node, (from, to) => input.read(from, to))
      ? { parser: javascriptLanguage.parser }
      : null,
  ),
})

function isHandlerText(text: SyntaxNodeRef, read: (from: number, to: number) => string): boolean {
  const open = text.node.parent?.firstChild
  const name = open?.getChild("TagName")
  return name !== null && name !== undefined && read(name.from, name.to) === "Handler"
}

const colours = HighlightStyle.define([
  { tag: tags.tagName, color: "var(--nx-accent)", fontWeight: "500" },
  { tag: tags.attributeName, color: "var(--nx-chart-6)" },
  {
    tag: [tags.attributeValue, tags.string, tags.special(tags.string)],
    color: "var(--nx-chart-3)",
  },
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword], color: "var(--nx-chart-4)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--nx-chart-2)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--nx-chart-1)" },
  { tag: tags.comment, color: "var(--nx-ink-faint)", fontStyle: "italic" },
  { tag: [tags.angleBracket, tags.punctuation, tags.operator], color: "var(--nx-ink-soft)" },
  { tag: tags.variableName, color: "var(--nx-ink)" },
])

export function nxml(): LanguageSupport {
  return new LanguageSupport(nxmlLanguage, [syntaxHighlighting(colours)])
}
