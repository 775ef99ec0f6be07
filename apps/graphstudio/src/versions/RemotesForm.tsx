import { endpoints, type RemoteAnswer } from "@nexus/protocol"
import { ShieldCheck, Trash2 } from "lucide-react"
import { sentence } from "../connect/sentence.ts"
import { confirm } from "../ui/ask.ts"
import { Button, IconButton } from "../ui/Button.tsx"
import { CopyField } from "../ui/CopyField.tsx"
import { Notice } from "../ui/Notice.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk, useRole } from "../workspace/desk-context.ts"
import { AddRemote } from "./AddRemote.tsx"
import { noteCommit, useVersions } from "./history.ts"
import { Section } from "./Section.tsx"
import { pull } from "./version-acts.ts"

/** Other repositories: to send one's branch to, and to get others' work from. */
export function RemotesForm({ editable }: { readonly editable: boolean }) {
  const { api, workspace } = useDesk()
  const owner = useRole() === "owner"
  const { value } = useVersions(() => api.call(endpoints.listRemotes, { query: { workspace } }))
  if (!value) return null
  const { remotes, transports, publicKey } = value
  return (
    <Section title={say("Other repositories")}>
      {transports.length === 0 ? (
        <Notice tone="info">
          {say(
            "Whoever runs this kernel has opened no address. The setting NEXUS_GIT_REMOTES says which may be reached.",
          )}
        </Notice>
      ) : null}
      <ul aria-label={say("Other repositories")} className="flex flex-col gap-2">
        {remotes.map((remote) => (
          <Remote key={remote.name} remote={remote} editable={editable} owner={owner} />
        ))}
      </ul>
      {owner && transports.length > 0 ? <AddRemote transports={transports} /> : null}
      {publicKey ? (
        <div className="flex flex-col gap-1.5">
          <h4 className="font-medium text-13">{say("This kernel's public key")}</h4>
          <p className="text-12 text-soft">
            {say("Give it to the host of a repository, such as its deploy keys, so that this kernel may come by ssh.")}
          </p>
          <CopyField text={publicKey} label={say("Public key")} />
        </div>
      ) : null}
    </Section>
  )
}

interface RemoteProps {
  readonly remote: RemoteAnswer
  readonly editable: boolean
  readonly owner: boolean
}

function Remote({ remote: { name, url, fingerprint }, editable, owner }: RemoteProps) {
  const desk = useDesk()
  const { api, workspace } = desk
  const push = async () => {
    try {
      const { branch, commit } = await api.call(endpoints.pushBranch, { body: { workspace, remote: name } })
      noteCommit()
      toast({
        tone: "good",
        title: say("Pushed {branch} to {name}", { branch, name }),
        detail: say("It is at {commit} there.", { commit: commit.slice(0, 7) }),
      })
    } catch (cause) {
      toast({ tone: "wrong", title: say("Nothing was pushed to {name}", { name }), detail: sentence(cause) })
    }
  }
  const remove = async () => {
    const text = say("What was pushed stays there. To push again you need its address, and accept its key once more.")
    if (!(await confirm({ title: say("Forget {name}?", { name }), text, action: say("Forget"), tone: "wrong" }))) return
    await api.call(endpoints.removeRemote, { params: { name }, query: { workspace } }).catch((cause: unknown) => {
      toast({ tone: "wrong", title: say("{name} stays", { name }), detail: sentence(cause) })
    })
    noteCommit()
  }
  return (
    <li className="flex flex-wrap items-center gap-1.5">
      <span className="min-w-0 flex-1 basis-full text-13">
        {name} <span className="font-mono text-12 text-soft [overflow-wrap:anywhere]">{url}</span>
      </span>
      {fingerprint ? (
        <span className="flex min-w-0 basis-full items-start gap-1.5 text-12 text-soft">
          <ShieldCheck size={13} className="mt-0.5 flex-none text-good" aria-label={say("Accepted key of the host")} />
          <span className="font-mono [overflow-wrap:anywhere]">{fingerprint}</span>
        </span>
      ) : null}
      {editable ? (
        <>
          <Button small aria-label={say("Push to {name}", { name })} onClick={push}>
            {say("Push")}
          </Button>
          <Button small aria-label={say("Pull from {name}", { name })} onClick={() => pull(desk, name)}>
            {say("Pull")}
          </Button>
        </>
      ) : null}
      {owner ? (
        <IconButton small label={say("Forget {name}", { name })} icon={<Trash2 size={13} />} onClick={remove} />
      ) : null}
    </li>
  )
}
