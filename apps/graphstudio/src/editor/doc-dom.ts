/**
 * The little Markdown that the language service writes, as elements: paragraphs, lists, fenced code, bold, code and
 * links. A whole Markdown library was refused here: it would weigh more than the rest of the editor's own code, and
 * nothing is ever made from markup, as the page's Trusted Types want it.
 */
export function docToDom(markdown: string): HTMLElement {
  const box = document.createElement("div")
  box.className = "cm-nx-doc"
  for (const block of markdown.split(/\n{2,}(?![^`]*\n```(?:\n|$))/)) {
    if (block.trim() !== "") box.append(blockToDom(block.trim()))
  }
  return box
}

function blockToDom(block: string): HTMLElement {
  const fenced = /^```\w*\n([\s\S]*?)\n?```$/.exec(block)
  if (fenced) return element("pre", [element("code", [fenced[1] ?? ""])])
  const lines = block.split("\n")
  if (lines.every((line) => line.startsWith("- "))) {
    return element(
      "ul",
      lines.map((line) => element("li", inline(line.slice(2)))),
    )
  }
  return element("p", inline(block.replace(/ *\n/g, " ")))
}

const INLINE = /\*\*(.+?)\*\*|`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)/g

function inline(text: string): (Node | string)[] {
  const parts: (Node | string)[] = []
  let from = 0
  for (const found of text.matchAll(INLINE)) {
    parts.push(text.slice(from, found.index))
    const [whole, bold, code, label] = found
    if (bold !== undefined) parts.push(element("strong", inline(bold)))
    else if (code !== undefined) parts.push(element("code", [code]))
    else parts.push(label ?? whole)
    from = found.index + whole.length
  }
  parts.push(text.slice(from))
  return parts
}

function element(name: string, children: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(name)
  made.append(...children)
  return made
}
