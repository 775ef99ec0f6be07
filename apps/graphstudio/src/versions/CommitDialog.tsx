import { endpoints } from "@nexus/protocol"
import { type FormEvent, useId, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { Button } from "../ui/Button.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { Field } from "../ui/Field.tsx"
import { useKeptWords } from "../ui/kept-words.ts"
import { Notice } from "../ui/Notice.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { noteCommit } from "./history.ts"

/** Writes the workspace as a Git commit, with a message or the one the kernel makes. */
export default function CommitDialog({ onClose }: { readonly onClose: () => void }) {
  const { api, workspace } = useDesk()
  const form = useId()
  const [message, setMessage] = useKeptWords(`commit.${workspace}`)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setBusy(true)
    try {
      const body = message.trim() ? { workspace, message: message.trim() } : { workspace }
      const made = await api.call(endpoints.commitWorkspace, { body })
      noteCommit()
      setMessage("")
      onClose()
      toast({
        tone: "good",
        title: say("Committed {commit}", { commit: made.commit.slice(0, 7) }),
        detail: made.message,
        action: { label: say("Versions"), run: () => studio.set({ drawer: "versions" }) },
      })
    } catch (cause) {
      setError(sentence(cause))
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={say("Commit this workspace")}
      description={say("Panels, their state and the graph become one version you can come back to.")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say("Cancel")}</Button>
          <Button type="submit" form={form} tone="primary" disabled={busy}>
            {busy ? say("Committing…") : say("Commit version")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={say("Message")}
          name="message"
          value={message}
          onChange={({ currentTarget }) => setMessage(currentTarget.value)}
          maxLength={2000}
          placeholder={say("What is different now?")}
          autoFocus
          hint={say("Leave it empty and the message says what changed.")}
        />
        {error ? <Notice tone="wrong">{error}</Notice> : null}
      </form>
    </Dialog>
  )
}
