import { endpoints } from "@nexus/protocol"
import { type FormEvent, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { Button } from "../ui/Button.tsx"
import { Field } from "../ui/Field.tsx"
import { Notice } from "../ui/Notice.tsx"
import { useDesk } from "../workspace/desk-context.ts"
import { noteCommit } from "./history.ts"

interface Shown {
  readonly url: string
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

  const say = async (work: () => Promise<void>) => {
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
    return say(async () => {
      const { keys } = await api.call(endpoints.readHostKeys, { query: { url } })
      const [first] = keys
      if (first) setShown({ url, ...first })
      else await keep()
    })
  }
  return (
    <form onSubmit={add} className="flex flex-col gap-2">
      <Field
        label="Name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        required
        maxLength={100}
        autoComplete="off"
        placeholder="origin"
      />
      <Field
        label="Address"
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
        <section
          aria-label="Key of the host"
          className="flex flex-col gap-2 rounded-control border border-careful p-3 text-13"
        >
          <p>Nobody has accepted this host yet. It shows the key</p>
          <p className="font-mono text-12 [overflow-wrap:anywhere]">
            {shown.kind} {shown.fingerprint}
          </p>
          <p className="text-soft">
            Compare it with the fingerprint that whoever runs the host has published. If it differs, somebody may stand
            between.
          </p>
          <div className="flex flex-wrap gap-2">
            <Button small tone="primary" disabled={busy} onClick={() => say(() => keep(shown.fingerprint))}>
              It is the same: accept and add
            </Button>
            <Button small onClick={() => setShown(undefined)}>
              Do not add
            </Button>
          </div>
        </section>
      ) : (
        <Button type="submit" disabled={busy}>
          Add repository
        </Button>
      )}
    </form>
  )
}
