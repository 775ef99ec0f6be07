import { type Account, endpoints, type Role } from "@nexus/protocol"
import { Check, Copy, Link2 } from "lucide-react"
import { useEffect, useId, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { Avatar } from "../ui/Avatar.tsx"
import { Button } from "../ui/Button.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { toast } from "../ui/toasts.ts"
import { useDesk, useRole } from "../workspace/desk-context.ts"
import { AuditLog } from "./AuditLog.tsx"
import { PanelRules } from "./PanelRules.tsx"
import { Usage } from "./Usage.tsx"

interface Member {
  readonly user: Account
  readonly role: Role
}

/** Who is in this workspace and may do what, a link that lets others in, what is used, and who did what. */
export default function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const role = useRole()
  return (
    <Dialog
      title="Share this workspace"
      description="Whoever opens the link joins with the role you choose."
      onClose={onClose}
      size="medium"
    >
      {role === "owner" ? (
        <MakeLink />
      ) : (
        <Notice tone="info">Only an owner can make links. Ask one of them below.</Notice>
      )}
      <Members mayManage={role === "owner"} />
      <Usage />
      {role === "owner" ? <AuditLog /> : null}
    </Dialog>
  )
}

function MakeLink() {
  const { api, workspace } = useDesk()
  const id = useId()
  const [role, setRole] = useState<"editor" | "viewer">("editor")
  const [url, setUrl] = useState<string>()
  const [copied, setCopied] = useState(false)
  const [error, setError] = useState<string>()

  const make = async () => {
    setError(undefined)
    setCopied(false)
    try {
      const made = await api.call(endpoints.createShare, { params: { workspace }, body: { role } })
      setUrl(made.code ? new URL(`/#/join/${made.code}`, location.href).href : made.url)
    } catch (cause) {
      setError(sentence(cause))
    }
  }
  const copy = async () => {
    await navigator.clipboard.writeText(url ?? "").then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }

  return (
    <div className="flex flex-col gap-3">
      <label htmlFor={id} className="-mb-1.5 font-medium text-13">
        People with the link
      </label>
      <div className="flex items-center gap-2">
        <select
          id={id}
          value={role}
          onChange={(event) => {
            setRole(event.currentTarget.value === "viewer" ? "viewer" : "editor")
            setUrl(undefined)
          }}
          className="h-8 flex-1 rounded-control border border-line-strong bg-surface px-2 text-13"
        >
          <option value="editor">can edit</option>
          <option value="viewer">can look, not change</option>
        </select>
        <Button tone="primary" icon={<Link2 size={15} />} onClick={make}>
          Create link
        </Button>
      </div>
      {url ? (
        <div className="nx-fade flex gap-2">
          <input
            readOnly
            aria-label="Share link"
            value={url}
            onFocus={(event) => event.currentTarget.select()}
            className="h-8 min-w-0 flex-1 rounded-control border border-line bg-sunken px-2.5 font-mono text-12"
          />
          <Button icon={copied ? <Check size={14} /> : <Copy size={14} />} onClick={copy}>
            {copied ? "Copied" : "Copy"}
          </Button>
        </div>
      ) : null}
      {error ? <Notice tone="wrong">{error}</Notice> : null}
    </div>
  )
}

function Members({ mayManage }: { readonly mayManage: boolean }) {
  const { api, workspace, user: self } = useDesk()
  const [members, setMembers] = useState<readonly Member[]>()
  const [error, setError] = useState<string>()

  useEffect(() => {
    let here = true
    api.call(endpoints.listMembers, { params: { workspace } }).then(
      (answer) => here && setMembers(answer.members),
      (cause: unknown) => here && setError(sentence(cause)),
    )
    return () => {
      here = false
    }
  }, [api, workspace])

  const change = async (user: Account, role: Role) => {
    try {
      await api.call(endpoints.setMember, { params: { workspace, user: user.id }, body: { role } })
      setMembers((before) => before?.map((member) => (member.user.id === user.id ? { ...member, role } : member)))
    } catch (cause) {
      toast({ tone: "wrong", title: `${user.name} keeps the same role`, detail: sentence(cause) })
    }
  }

  return (
    <section className="mt-6 border-line border-t pt-4">
      <h3 className="mb-2 font-medium text-12 text-faint">Members</h3>
      {error ? <Notice tone="wrong">{error}</Notice> : null}
      {!members && !error ? <Skeleton lines={2} label="Loading members" /> : null}
      <ul className="flex flex-col gap-1.5">
        {members?.map(({ user, role }) => (
          <li key={user.id} className="flex items-center gap-2.5">
            <Avatar id={user.id} name={user.name} />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-13">{user.id === self.id ? `${user.name} (you)` : user.name}</span>
              <span className="block truncate text-12 text-soft">{user.email}</span>
            </span>
            {mayManage && user.id !== self.id ? (
              <select
                aria-label={`Role of ${user.name}`}
                value={role}
                onChange={(event) => change(user, toRole(event.currentTarget.value))}
                className="h-7 rounded-control border border-line bg-surface px-1.5 text-12"
              >
                <option value="owner">owner</option>
                <option value="editor">editor</option>
                <option value="viewer">viewer</option>
              </select>
            ) : (
              <span className="text-12 text-soft">{role}</span>
            )}
          </li>
        ))}
      </ul>
      {mayManage && members ? <PanelRules members={members} /> : null}
    </section>
  )
}

function toRole(text: string): Role {
  return text === "owner" || text === "viewer" ? text : "editor"
}
