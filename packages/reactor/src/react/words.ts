/**
 * The few words that components bring themselves ("Filter", "Nothing to draw yet"). A page says once in which language,
 * before it shows a panel; without that, and on a server, they are English. A prop through every component was refused:
 * a page has one language for as long as it lives.
 */
let inLanguage = (english: string): string => english

/** From now on each word is asked of `translate`, which leaves the `{values}` in it as they are. */
export function speakWords(translate: (english: string) => string): void {
  inLanguage = translate
}

/** The text in the page's language, its `{values}` filled in. */
export function word(english: string, values: Readonly<Record<string, string | number>> = {}): string {
  return inLanguage(english).replaceAll(/\{([a-z]+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
