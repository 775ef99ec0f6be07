import { endpoints } from "@nexus/protocol"
import { Download } from "lucide-react"
import { useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { Button } from "../ui/Button.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { Notice } from "../ui/Notice.tsx"
import { saveFile } from "../ui/save-file.ts"
import { say } from "../words/say.ts"
import { useDesk, useWorkspaceName } from "./desk-context.ts"

/** The whole workspace as one file, to keep or to import elsewhere. */
export default function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { api, workspace } = useDesk()
  const name = useWorkspaceName()
  const [history, setHistory] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()

  const take = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const query = { history: history ? ("true" as const) : ("false" as const) }
      const answer = await api.open(endpoints.exportWorkspace, { params: { workspace }, query })
      saveFile(await answer.blob(), `${name.replaceAll(/[^\p{L}\p{N} _-]/gu, "").trim() || workspace}.zip`)
      onClose()
    } catch (cause) {
      setError(sentence(cause))
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={say("Export this workspace")}
      description={say("One ZIP, to keep or to import into another Nexus.")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say("Cancel")}</Button>
          <Button tone="primary" icon={<Download size={15} />} disabled={busy} onClick={take}>
            {busy ? say("Exporting…") : say("Export")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-13">
        <p>{say("In it: panels with their values, notes and relations, files, packages, tables and key-values.")}</p>
        <p className="text-soft">
          {say(
            "Not in it: secrets, members, and what panels were granted. Whoever imports it decides about grants anew.",
          )}
        </p>
        <label className="flex items-start gap-2">
          <input
            type="checkbox"
            checked={history}
            onChange={(event) => setHistory(event.currentTarget.checked)}
            className="mt-0.5 accent-accent"
          />
          <span>
            {say("With the history")}
            <span className="block text-12 text-soft">
              {say(
                "Every change with who made it and why. It is there to be read; an import begins a history of its own.",
              )}
            </span>
          </span>
        </label>
        {error ? <Notice tone="wrong">{error}</Notice> : null}
      </div>
    </Dialog>
  )
}
