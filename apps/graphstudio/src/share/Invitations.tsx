import { endpoints, type InvitationAnswer, Role } from "@nexus/protocol"
import { Mail } from "lucide-react"
import { useCallback, useState } from "react"
import { useForm } from "../account/use-form.ts"
import { useLoaded } from "../account/use-loaded.ts"
import { sentence } from "../connect/sentence.ts"
import { Button } from "../ui/Button.tsx"
import { CopyField } from "../ui/CopyField.tsx"
import { Notice } from "../ui/Notice.tsx"
import { toast } from "../ui/toasts.ts"
import { LANGUAGE } from "../words/language.ts"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"

/** One person invited by their address, and who was invited and has not come yet. */
export function Invitations() {
  const { api, workspace } = useDesk()
  const [made, setMade] = useState<{ readonly email: string; readonly url: string }>()
  const open = useLoaded(
    useCallback(() => api.call(endpoints.listInvitations, { params: { workspace } }), [api, workspace]),
  )
  const invite = async (email: string, role: Role) => {
    const { url } = await api.call(endpoints.createInvitation, { params: { workspace }, body: { email, role } })
    setMade(url === undefined ? undefined : { email, url })
    await open.reload()
  }
  const form = useForm((text) => invite(text("email").trim(), Role.parse(text("role"))))
  const withdraw = async ({ id, email, role }: InvitationAnswer) => {
    try {
      await api.call(endpoints.revokeInvitation, { params: { workspace, invitation: id } })
      setMade(undefined)
      toast({
        title: say("{email} is no longer invited", { email }),
        action: { label: say("Invite again"), run: () => invite(email, role) },
      })
    } catch (cause) {
      toast({ tone: "wrong", title: say("{email} is still invited", { email }), detail: sentence(cause) })
    }
    await open.reload()
  }

  return (
    <section aria-label={say("Invitations")} className="flex flex-col gap-2.5">
      <form onSubmit={form.submit} aria-label={say("Invite by address")} className="flex flex-wrap items-end gap-2">
        <label className="flex min-w-0 flex-1 basis-56 flex-col gap-1 font-medium text-13">
          {say("Invite one person by address")}
          <input
            name="email"
            type="email"
            required
            placeholder={say("grace@example.org")}
            className="h-8 rounded-control border border-line-strong bg-surface px-2.5 font-normal text-13 placeholder:text-faint"
          />
        </label>
        <select
          name="role"
          aria-label={say("Role of the invited person")}
          defaultValue="editor"
          className="h-8 rounded-control border border-line-strong bg-surface px-2 text-13"
        >
          <option value="owner">{say("as an owner")}</option>
          <option value="editor">{say("as an editor")}</option>
          <option value="viewer">{say("as a viewer")}</option>
        </select>
        <Button type="submit" icon={<Mail size={15} />} disabled={form.busy}>
          {say("Invite")}
        </Button>
      </form>
      {form.error ? <Notice tone="wrong">{form.error}</Notice> : null}
      {made ? (
        <>
          <Notice tone="info">
            {say(
              "Send this link to {email} yourself: no mail is sent from here. It opens once, for that address alone.",
              { email: made.email },
            )}
          </Notice>
          <div className="nx-fade" key={made.url}>
            <CopyField label={say("Invitation link")} text={made.url} />
          </div>
        </>
      ) : null}
      {open.error ? <Notice tone="wrong">{open.error}</Notice> : null}
      {open.value?.invitations.length ? (
        <ul aria-label={say("Invited, not come yet")} className="flex flex-col divide-y divide-line">
          {open.value.invitations.map((invitation) => (
            <li key={invitation.id} className="flex items-center gap-2 py-1.5 text-13">
              <span className="min-w-0 flex-1">
                <span className="block truncate">{invitation.email}</span>
                <span className="block text-12 text-soft">
                  {say("invited as {role}, until {date}", {
                    role: invitation.role,
                    date: new Date(invitation.expiresAt).toLocaleDateString(LANGUAGE),
                  })}
                </span>
              </span>
              <Button
                small
                aria-label={say("Withdraw the invitation of {email}", { email: invitation.email })}
                onClick={() => withdraw(invitation)}
              >
                {say("Withdraw")}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
