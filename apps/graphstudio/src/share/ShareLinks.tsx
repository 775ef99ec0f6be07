import { endpoints, type ShareAnswer } from "@nexus/protocol"
import { Link2 } from "lucide-react"
import { useCallback, useId, useState } from "react"
import { useLoaded } from "../account/use-loaded.ts"
import { sentence } from "../connect/sentence.ts"
import { ago } from "../ui/ago.ts"
import { confirm } from "../ui/ask.ts"
import { Button } from "../ui/Button.tsx"
import { CopyField } from "../ui/CopyField.tsx"
import { Notice } from "../ui/Notice.tsx"
import { toast } from "../ui/toasts.ts"
import { LANGUAGE } from "../words/language.ts"
import { say, sayFor } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { StopLink } from "./StopLink.tsx"

/** The links that let others in: making one, and those that still work. `onLeft` hears when members went with one. */
export function ShareLinks({ onLeft }: { readonly onLeft: () => Promise<void> }) {
  const { api, workspace } = useDesk()
  const id = useId()
  const [role, setRole] = useState<"editor" | "viewer">("editor")
  const [days, setDays] = useState("14")
  const [url, setUrl] = useState<string>()
  const [error, setError] = useState<string>()
  const [stopping, setStopping] = useState<ShareAnswer>()
  const params = { workspace }
  const links = useLoaded(
    useCallback(() => api.call(endpoints.listShares, { params: { workspace } }), [api, workspace]),
  )

  const make = async () => {
    setError(undefined)
    try {
      const made = await api.call(endpoints.createShare, { params, body: { role, expiresInDays: Number(days) } })
      setUrl(made.code ? new URL(`/#/join/${made.code}`, location.href).href : made.url)
    } catch (cause) {
      setError(sentence(cause))
    }
    await links.reload()
  }
  const stop = async ({ id: share }: ShareAnswer, people: "stay" | "leave") => {
    setStopping(undefined)
    try {
      await api.call(endpoints.revokeShare, { params: { workspace, share }, query: { people } })
      setUrl(undefined)
    } catch (cause) {
      toast({ tone: "wrong", title: say("The link still works"), detail: sentence(cause) })
    }
    await Promise.all([links.reload(), onLeft()])
  }
  const shares = links.value?.shares.filter(({ embedHosts }) => embedHosts === undefined) ?? []
  const askToStop = async (share: ShareAnswer) => {
    if (share.people.length > 0) return setStopping(share)
    const text = say(
      "Who has it cannot come in by it any more. A stopped link never works again; you can make another.",
    )
    const question = { title: say("Stop this link?"), text, action: say("Stop it"), tone: "wrong" } as const
    if (await confirm(question)) await stop(share, "stay")
  }

  return (
    <section aria-label={say("Links")} className="flex flex-col gap-2.5">
      <label htmlFor={id} className="-mb-1 font-medium text-13">
        {say("People with the link")}
      </label>
      <div className="flex flex-wrap items-center gap-2">
        <select
          id={id}
          value={role}
          onChange={(event) => {
            setRole(event.currentTarget.value === "viewer" ? "viewer" : "editor")
            setUrl(undefined)
          }}
          className="h-8 min-w-0 flex-1 basis-40 rounded-control border border-line-strong bg-surface px-2 text-13"
        >
          <option value="editor">{say("can edit")}</option>
          <option value="viewer">{say("can look, not change")}</option>
        </select>
        <select
          aria-label={say("The link works for")}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
          className="h-8 rounded-control border border-line-strong bg-surface px-2 text-13"
        >
          <option value="1">{say("for a day")}</option>
          <option value="14">{say("for two weeks")}</option>
          <option value="90">{say("for 90 days")}</option>
          <option value="365">{say("for a year")}</option>
        </select>
        <Button tone="primary" icon={<Link2 size={15} />} onClick={make}>
          {say("Create link")}
        </Button>
      </div>
      {url ? (
        <div className="nx-fade" key={url}>
          <CopyField label={say("Share link")} text={url} />
        </div>
      ) : null}
      {error ? <Notice tone="wrong">{error}</Notice> : null}
      {links.error ? <Notice tone="wrong">{links.error}</Notice> : null}
      {shares.length > 0 ? (
        <ul aria-label={say("Links that work")} className="flex flex-col divide-y divide-line">
          {shares.map((share) => (
            <li key={share.id} className="flex items-center gap-2 py-1.5 text-13">
              <span className="min-w-0 flex-1">
                <span className="block">
                  {share.role === "viewer" ? say("Can look") : say("Can edit")} · {usesInWords(share)}
                </span>
                <span className="block truncate text-12 text-soft">
                  {say("made {ago}, ends {date}", {
                    ago: ago(share.createdAt, Date.now()),
                    date: new Date(share.expiresAt).toLocaleDateString(LANGUAGE),
                  })}
                  {share.people.length > 0 ? ` · ${share.people.map(({ name }) => name).join(", ")}` : ""}
                </span>
              </span>
              <Button
                small
                aria-label={say("Stop the link made {ago}", { ago: ago(share.createdAt, Date.now()) })}
                onClick={() => askToStop(share)}
              >
                {sayFor("a share link", "Stop")}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {stopping ? <StopLink share={stopping} onClose={() => setStopping(undefined)} onStop={stop} /> : null}
    </section>
  )
}

function usesInWords({ uses }: ShareAnswer): string {
  if (uses === 0) return say("not used yet")
  return say("{count, plural, one {used once} other {used # times}}", { count: uses })
}
