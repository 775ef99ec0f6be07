import { LANGUAGE } from "./language.ts"

/*
 * What protocol's declarations say of components and elements, in this page's language. The table is long and read on
 * two pages only (the components, the editor), so it is fetched with them and not with the studio's own words.
 */
const table: Readonly<Record<string, string>> =
  LANGUAGE === "de" ? (await import("./german/declarations.ts")).DECLARATIONS : {}

/** A sentence of a declaration; what is not known stays as it is. */
export function sayDeclared(text: string): string {
  return table[text] ?? text
}

/** The longest first: a short sentence may be the end of a longer one. */
const sentences = Object.entries(table).sort(([one], [other]) => other.length - one.length)

/** The sentences of declarations in a text that the language service put together of several. */
export function sayWithin(text: string): string {
  let said = text
  for (const [sentence, other] of sentences) said = said.replaceAll(sentence, other)
  return said
}
