/**
 * Sentences that other packages speak in English (a refusal of the kernel, a finding of the checker) are recognised by
 * their words and said again in the page's language: `There is no Handler "add"` is `There is no Handler "{name}"`. A
 * value may be such a sentence itself. What is not recognised stays as it is: somebody's own words, or English.
 *
 * The alternative, a code with values for each sentence on every wire, was refused: the command line, the HTTP API and
 * the assistant read the sentence, so it must be there anyway, and some three hundred sentences would each need a
 * second name. That each has a translation is held by a test that reads them out of the other packages' sources.
 */
export function recogniser(messages: readonly string[], translated: (message: string) => string) {
  const known = messages.map(toPattern).sort((a, b) => b.weight - a.weight)
  const said = new Map<string, string>()
  const recognise = (text: string): string => {
    const before = said.get(text)
    if (before !== undefined) return before
    for (const { message, pattern, names } of known) {
      const values = pattern.exec(text)?.slice(1)
      if (!values) continue
      const by = new Map(names.map((name, index) => [name, recognise(values[index] ?? "")]))
      const words = translated(message).replaceAll(VALUE, (whole, name: string) => by.get(name) ?? whole)
      said.set(text, words)
      return words
    }
    return text
  }
  return recognise
}

/** A place for a value is a small word in braces; other braces are braces. */
export const VALUE = /\{([a-z]+)\}/g

interface Pattern {
  readonly message: string
  readonly pattern: RegExp
  readonly names: readonly string[]
  /** How much of it is fixed: what says more is tried first. */
  readonly weight: number
}

function toPattern(message: string): Pattern {
  const parts = message.split(VALUE)
  const fixed = parts.filter((_, index) => index % 2 === 0)
  const names = parts.filter((_, index) => index % 2 === 1)
  const source = fixed.map((part) => RegExp.escape(part)).join("([\\s\\S]+?)")
  return { message, pattern: new RegExp(`^${source}$`), names, weight: fixed.join("").length }
}
