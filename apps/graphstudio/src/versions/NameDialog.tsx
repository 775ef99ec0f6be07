import { endpoints, RefName } from "@nexus/protocol"
import { type FormEvent, useId, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { Button } from "../ui/Button.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { Field } from "../ui/Field.tsx"
import { Notice } from "../ui/Notice.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { noteCommit } from "./history.ts"
import { switchTo, useOpened } from "./version-acts.ts"

interface NameDialogProps {
  readonly kind: "branch" | "tag"
  /** The commit it names; the branch's newest when absent. */
  readonly from?: string
}

/** Asks for the name of a new branch or tag, and makes it. */
export default function NameDialog({ kind, from }: NameDialogProps) {
  const desk = useDesk()
  const form = useId()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const close = () => useOpened.setState({ naming: undefined })

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get("name") ?? "").trim()
    const fault = RefName.safeParse(name).error?.issues[0]?.message
    if (fault) return setError(`${fault.charAt(0).toUpperCase()}${fault.slice(1)}.`)
    setBusy(true)
    try {
      const body = { workspace: desk.workspace, name }
      if (kind === "tag") {
        await desk.api.call(endpoints.createTag, { body: from ? { ...body, ref: from } : body })
        toast({ tone: "good", title: say("Tagged {name}", { name }) })
      } else await desk.api.call(endpoints.createBranch, { body: from ? { ...body, from } : body })
      noteCommit()
      close()
      if (kind === "branch") await switchTo(desk, name)
    } catch (cause) {
      setError(sentence(cause))
      setBusy(false)
    }
  }
  const action = kind === "branch" ? say("Create and switch") : say("Tag")
  return (
    <Dialog
      title={kind === "branch" ? say("New branch") : say("New tag")}
      description={
        kind === "branch"
          ? say("Its own line of versions, to try something out. The others stay as they are.")
          : say("A name for this version that stays.")
      }
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{say("Cancel")}</Button>
          <Button type="submit" form={form} tone="primary" disabled={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={say("Name")}
          name="name"
          maxLength={100}
          required
          autoFocus
          autoComplete="off"
          placeholder={kind === "branch" ? say("try-out") : "v1.0"}
          hint={say("Letters, digits and _ - . with / between parts.")}
        />
        {error ? <Notice tone="wrong">{error}</Notice> : null}
      </form>
    </Dialog>
  )
}
