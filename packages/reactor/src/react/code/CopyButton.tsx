import { type ReactNode, useEffect, useState } from "react"
import { useHydrated } from "../use-hydrated.ts"
import { word } from "../words.ts"

const SAID_MS = 2000

/** Puts a text on the clipboard and says so; not there where no script runs. */
export function CopyButton({ text }: { readonly text: string }): ReactNode {
  const hydrated = useHydrated()
  const [said, setSaid] = useState<string>()
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => setSaid(undefined), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  if (!hydrated) return null
  const copy = () =>
    Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(
        () => setSaid(word("Copied")),
        () => setSaid(word("Not allowed here")),
      )
  return (
    <button type="button" className="nx-tool nx-copy" onClick={() => void copy()}>
      <span role="status">{said ?? word("Copy")}</span>
    </button>
  )
}
