import { endpoints } from "@nexus/protocol"
import { type FormEvent, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { Button } from "../ui/Button.tsx"
import { Field } from "../ui/Field.tsx"
import { Notice } from "../ui/Notice.tsx"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { HostKey } from "./HostKey.tsx"
import { noteCommit } from "./history.ts"

interface Shown {
  readonly kind: string
  readonly fingerprint: string
}

/** Names another repository. Of an ssh host a person sees the key first, and says that it is the right one. */
export function AddRemote({ transports }: { readonly transports: readonly string[] }) {
  const { api, workspace } = useDesk()
  const [name, setName] = useState("")
  const [url, setUrl] = useState("")
  const [shown, setShown] = useState<Shown>()
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)

  const settle = async (work: () => Promise<void>) => {
    setBusy(true)
    try {
      await work()
      setError(undefined)
    } catch (cause) {
      setError(sentence(cause))
    }
    setBusy(false)
  }
  const keep = async (fingerprint?: string) => {
    const body = { workspace, url: url.trim(), ...(fingerprint ? { fingerprint } : {}) }
    await api.call(endpoints.setRemote, { params: { name: name.trim() }, body })
    setShown(undefined)
    setName("")
    setUrl("")
    noteCommit()
  }
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    return settle(async () => {
      const { keys } = await api.call(endpoints.readHostKeys, { query: { url: url.trim() } })
      const [first] = keys
      if (first) setShown(first)
      else await keep()
    })
  }
  return (
    <form onSubmit={add} className="flex flex-col gap-2">
      <Field
        label={say("Name")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        required
        maxLength={100}
        autoComplete="off"
        placeholder="origin"
      />
      <Field
        label={say("Address")}
        value={url}
        onChange={(event) => {
          setUrl(event.target.value)
          setShown(undefined)
        }}
        required
        maxLength={500}
        autoComplete="off"
        placeholder={transports.includes("ssh") ? "git@host:path.git" : "/srv/git/home.git"}
      />
      {error ? <Notice tone="wrong">{error}</Notice> : null}
      {shown ? (
        <HostKey
          shown={shown}
          then="add"
          busy={busy}
          onAccept={() => settle(() => keep(shown.fingerprint))}
          onRefuse={() => setShown(undefined)}
        />
      ) : (
        <Button type="submit" disabled={busy}>
          {say("Add repository")}
        </Button>
      )}
    </form>
  )
}
