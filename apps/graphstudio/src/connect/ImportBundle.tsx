import { endpoints } from "@nexus/protocol"
import { Upload } from "lucide-react"
import { useRef, useState } from "react"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { say } from "../words/say.ts"
import { fetchByXhr } from "./fetch-by-xhr.ts"
import { navigate } from "./route.ts"
import { sentence } from "./sentence.ts"
import { useSession } from "./session-context.ts"

/** Makes a new workspace of one that was exported. */
export default function ImportBundle() {
  const { api } = useSession()
  const chooser = useRef<HTMLInputElement>(null)
  const [share, setShare] = useState<number>()
  const [error, setError] = useState<string>()

  const take = async (file: File) => {
    setError(undefined)
    setShare(0)
    try {
      const made = await api.call(endpoints.importWorkspace, { bytes: file, fetch: fetchByXhr(setShare) })
      navigate({ at: "workspace", workspace: made.id })
    } catch (cause) {
      setError(sentence(cause))
      setShare(undefined)
    }
  }

  return (
    <div className="flex flex-col gap-2">
      <input
        ref={chooser}
        type="file"
        accept=".zip,application/zip"
        aria-label={say("Exported workspace")}
        className="sr-only"
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          currentTarget.value = ""
          if (file) take(file)
        }}
      />
      <Button
        tone="quiet"
        className="self-start"
        icon={<Upload size={14} />}
        disabled={share !== undefined}
        onClick={() => chooser.current?.click()}
      >
        {buttonText(share)}
      </Button>
      {error ? <Notice tone="wrong">{error}</Notice> : null}
    </div>
  )
}

function buttonText(share: number | undefined): string {
  if (share === undefined) return say("Import a workspace")
  return share < 1 ? say("Sending, {share, number, percent}", { share }) : say("Reading what was sent…")
}
