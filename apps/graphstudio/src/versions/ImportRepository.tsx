import { endpoints } from "@nexus/protocol"
import { type FormEvent, useState } from "react"
import { navigate } from "../connect/route.ts"
import { sentence } from "../connect/sentence.ts"
import { useSession } from "../connect/session-context.ts"
import { Button } from "../ui/Button.tsx"
import { Field } from "../ui/Field.tsx"
import { Notice } from "../ui/Notice.tsx"
import { say } from "../words/say.ts"
import { HostKey } from "./HostKey.tsx"

/** Makes a workspace of a Git repository that is there already, with its history. */
export default function ImportRepository({ onClose }: { readonly onClose: () => void }) {
  const { api } = useSession()
  const [name, setName] = useState("")
  const [url, setUrl] = useState("")
  const [shown, setShown] = useState<{ readonly kind: string; readonly fingerprint: string }>()
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)

  const work = async (what: () => Promise<void>) => {
    setBusy(true)
    setError(undefined)
    await what().catch((cause: unknown) => setError(sentence(cause)))
    setBusy(false)
  }
  const bring = (fingerprint?: string) =>
    work(async () => {
      const body = { name: name.trim(), url: url.trim(), ...(fingerprint ? { fingerprint } : {}) }
      const made = await api.call(endpoints.importRepository, { body })
      navigate({ at: "workspace", workspace: made.id })
    })
  const look = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    return work(async () => {
      const { keys } = await api.call(endpoints.readHostKeys, { query: { url: url.trim() } })
      const [first] = keys
      if (first) setShown(first)
      else await bring()
    })
  }
  return (
    <form aria-label={say("Import a repository")} onSubmit={look} className="mt-3 flex flex-col gap-3">
      <Field
        label={say("Name of the workspace")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        required
        maxLength={200}
        autoComplete="off"
        autoFocus
      />
      <Field
        label={say("Address of the repository")}
        value={url}
        onChange={(event) => {
          setUrl(event.target.value)
          setShown(undefined)
        }}
        required
        maxLength={500}
        autoComplete="off"
        placeholder={say("git@host:path.git")}
        hint={say("Its history comes along; every NXML file in it becomes a panel.")}
      />
      {error ? <Notice tone="wrong">{error}</Notice> : null}
      {shown ? (
        <HostKey
          shown={shown}
          then="import"
          busy={busy}
          onAccept={() => bring(shown.fingerprint)}
          onRefuse={() => setShown(undefined)}
        />
      ) : (
        <div className="flex gap-2">
          <Button type="submit" tone="primary" disabled={busy}>
            {busy ? say("Importing…") : say("Import repository")}
          </Button>
          <Button onClick={onClose}>{say("Cancel")}</Button>
        </div>
      )}
    </form>
  )
}
