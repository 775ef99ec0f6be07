import { remembered } from "../remembered.ts"

/** A language the studio can speak, by its BCP 47 tag. `en-XA` and `ar-XB` are the two pseudo-locales of CLDR: English with accents, and English told to run from right to left. Both are for finding words that were never asked for. */
export type Language = "en" | "de" | "en-XA" | "ar-XB"

/** What a person may choose, each in its own words. */
export const LANGUAGES: readonly { readonly tag: Language; readonly name: string }[] = [
  { tag: "en", name: "English" },
  { tag: "de", name: "Deutsch" },
]

const KEY = "nexus.language"

/** The language of this page: what was chosen here, else the first of the browser's that the studio speaks. It holds for as long as the page does, so every text may be a plain constant. */
export const LANGUAGE: Language = chosen() ?? preferred()

/** Is the page read from the right? Then what stands at its start stands on the right. */
export const FROM_THE_RIGHT: boolean = LANGUAGE === "ar-XB"

/** What was chosen on this device; nothing while the browser decides. */
export function chosen(): Language | undefined {
  const stored = remembered(KEY)
  return stored === "en" || stored === "de" || stored === "en-XA" || stored === "ar-XB" ? stored : undefined
}

/** Who is told of a choice before the page begins anew. */
let told: () => Promise<unknown> = async () => undefined
const TOLD_WITHIN_MS = 1500

export function tellChoice(tell: typeof told): void {
  told = tell
}

/** Keeps the choice (nothing: as the browser says) and begins the page anew in it. */
export function choose(language: Language | undefined): void {
  if (language) localStorage.setItem(KEY, language)
  else localStorage.removeItem(KEY)
  const late = new Promise((resolve) => setTimeout(resolve, TOLD_WITHIN_MS))
  void Promise.race([told(), late]).finally(() => location.reload())
}

/** The page says which language it is in, and from which side it is read: hyphens, voices and columns follow. */
export function showLanguage(): void {
  document.documentElement.lang = LANGUAGE
  document.documentElement.dir = FROM_THE_RIGHT ? "rtl" : "ltr"
}

function preferred(): Language {
  for (const tag of globalThis.navigator?.languages ?? []) {
    const known = LANGUAGES.find((language) => tag.split("-")[0] === language.tag)
    if (known) return known.tag
  }
  return "en"
}
