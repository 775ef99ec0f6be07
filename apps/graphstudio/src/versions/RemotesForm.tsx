import { endpoints } from "@nexus/protocol"
import { Trash2 } from "lucide-react"
import { type FormEvent, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { Button, IconButton } from "../ui/Button.tsx"
import { Field } from "../ui/Field.tsx"
import { Notice } from "../ui/Notice.tsx"
import { toast } from "../ui/toasts.ts"
import { useDesk, useRole } from "../workspace/desk-context.ts"
import { noteCommit, useVersions } from "./history.ts"
import { Section } from "./Section.tsx"
import { pull } from "./version-acts.ts"

/** Other repositories: to send one's branch to, and to get others' work from. */
export function RemotesForm({ editable }: { readonly editable: boolean }) {
  const desk = useDesk()
  const { api, workspace } = desk
  const owner = useRole() === "owner"
  const { value } = useVersions(() => api.call(endpoints.listRemotes, { query: { workspace } }))
  const [error, setError] = useState<string>()
  if (!value) return null

  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const typed = new FormData(form)
    try {
      const params = { name: String(typed.get("name") ?? "").trim() }
      await api.call(endpoints.setRemote, { params, body: { workspace, url: String(typed.get("url") ?? "") } })
      setError(undefined)
      form.reset()
      noteCommit()
    } catch (cause) {
      setError(sentence(cause))
    }
  }
  const push = async (remote: string) => {
    try {
      const { branch, commit } = await api.call(endpoints.pushBranch, { body: { workspace, remote } })
      noteCommit()
      toast({ tone: "good", title: `Pushed ${branch} to ${remote}`, detail: `It is at ${commit.slice(0, 7)} there.` })
    } catch (cause) {
      toast({ tone: "wrong", title: `Nothing was pushed to ${remote}`, detail: sentence(cause) })
    }
  }
  const remove = async (name: string) => {
    await api.call(endpoints.removeRemote, { params: { name }, query: { workspace } }).catch((cause: unknown) => {
      toast({ tone: "wrong", title: `${name} stays`, detail: sentence(cause) })
    })
    noteCommit()
  }
  return (
    <Section title="Other repositories">
      {value.transports.length === 0 ? (
        <Notice tone="info">
          Whoever runs this kernel has opened no address. The setting NEXUS_GIT_REMOTES says which may be reached.
        </Notice>
      ) : null}
      <ul aria-label="Other repositories" className="flex flex-col gap-2">
        {value.remotes.map(({ name, url }) => (
          <li key={name} className="flex flex-wrap items-center gap-1.5">
            <span className="min-w-0 flex-1 basis-full text-13">
              {name} <span className="font-mono text-12 text-soft [overflow-wrap:anywhere]">{url}</span>
            </span>
            {editable ? (
              <>
                <Button small aria-label={`Push to ${name}`} onClick={() => push(name)}>
                  Push
                </Button>
                <Button small aria-label={`Pull from ${name}`} onClick={() => pull(desk, name)}>
                  Pull
                </Button>
              </>
            ) : null}
            {owner ? (
              <IconButton small label={`Forget ${name}`} icon={<Trash2 size={13} />} onClick={() => remove(name)} />
            ) : null}
          </li>
        ))}
      </ul>
      {owner && value.transports.length > 0 ? (
        <form onSubmit={add} className="flex flex-col gap-2">
          <Field label="Name" name="name" required maxLength={100} autoComplete="off" placeholder="origin" />
          <Field
            label="Address"
            name="url"
            required
            maxLength={500}
            autoComplete="off"
            placeholder={value.transports.includes("ssh") ? "git@host:path.git" : "/srv/git/home.git"}
          />
          {error ? <Notice tone="wrong">{error}</Notice> : null}
          <Button type="submit">Add repository</Button>
        </form>
      ) : null}
    </Section>
  )
}
