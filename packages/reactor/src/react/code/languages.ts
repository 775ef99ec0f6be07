/** The grammar for a language as people write its name; nothing where its words are not known here. */
export function grammarOf(language: string): "javascript" | "json" | "xml" | undefined {
  switch (language.toLowerCase()) {
    case "js":
    case "jsx":
    case "ts":
    case "tsx":
    case "javascript":
    case "typescript":
      return "javascript"
    case "json":
    case "jsonc":
      return "json"
    case "xml":
    case "html":
    case "svg":
    case "nxml":
      return "xml"
    default:
      return undefined
  }
}
