import { useCallback, useState } from "react"

/**
 * Words that somebody began and has not sent: Escape, a closed drawer and a closed tab leave them where they will be
 * looked for. They live in this browser alone, under what they are about, until they are sent or signed out.
 */
const MARK = "nexus.words."

/** As `useState`, for words about `about`; an empty text, or the one it began with, leaves nothing behind. */
export function useKeptWords(about: string, initial = ""): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => keptWords(about) ?? initial)
  // Kept at once and not after painting: who sends words may be gone by then.
  const write = useCallback(
    (next: string) => {
      setText(next)
      keepWords(about, next === "" || next === initial ? undefined : next)
    },
    [about, initial],
  )
  return [text, write]
}

/** What is kept about `about`, for what is more than one text. */
export function keptWords(about: string): string | undefined {
  return localStorage.getItem(MARK + about) ?? undefined
}

export function keepWords(about: string, words: string | undefined): void {
  if (words === undefined) localStorage.removeItem(MARK + about)
  else localStorage.setItem(MARK + about, words)
}

/** Signing out leaves nothing behind. */
export function forgetWords(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(MARK)) localStorage.removeItem(key)
}
