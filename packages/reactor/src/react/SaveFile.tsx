import { type ReactNode, useState } from "react"
import { Problem } from "./Field.tsx"
import { usePanel } from "./panel-context.ts"
import { word } from "./words.ts"

interface SaveFileProps {
  readonly id: string
  readonly name: string
  readonly label: string
}

/** Saves a file of the workspace on the viewer's machine. A button: only a request with the viewer's token gets it. */
export function SaveFile({ id, name, label }: SaveFileProps): ReactNode {
  const { files } = usePanel()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  if (!files) {
    return (
      <span className="nx-link" data-dead="" title={word("Files of the workspace open in the studio")}>
        {label}
      </span>
    )
  }
  const save = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      const file = await files.open(id, new AbortController().signal)
      const link = document.createElement("a")
      link.href = file.url
      link.download = name
      link.click()
      // The browser reads the address after this turn.
      setTimeout(() => file.release(), 60_000)
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
    setBusy(false)
  }
  return (
    <>
      <button type="button" className="nx-link nx-save" aria-busy={busy || undefined} onClick={() => void save()}>
        {label}
      </button>
      <Problem message={failure} />
    </>
  )
}
