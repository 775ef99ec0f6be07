import { useCallback, useState } from "react"

/**
 * Words that somebody began and has not sent: Escape, a closed drawer and a closed tab leave them where they will be
 * looked for. They live in this browser alone, under what they are about, until they are sent or signed out.
 */
const MARK = "nexus.words."

/** As `useState`, for words about `about`; an empty text, or the one it began with, leaves nothing behind. */
export function useKeptWords(about: string, initial = ""): readonly [string, (text: string) => void] {
  const key = `${MARK}${about}`
  const [text, setText] = useState(() => localStorage.getItem(key) ?? initial)
  // Kept at once and not after painting: who sends words may be gone by then.
  const write = useCallback(
    (next: string) => {
      setText(next)
      if (next === "" || next === initial) localStorage.removeItem(key)
      else localStorage.setItem(key, next)
    },
    [key, initial],
  )
  return [text, write]
}

/** Signing out leaves nothing behind. */
export function forgetWords(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(MARK)) localStorage.removeItem(key)
}
