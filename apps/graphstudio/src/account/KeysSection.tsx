import { endpoints, type KeyAnswer, KeyScope } from "@nexus/protocol"
import { useCallback, useId, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { useSession } from "../connect/session-context.ts"
import { ago } from "../ui/ago.ts"
import { confirm } from "../ui/ask.ts"
import { Button } from "../ui/Button.tsx"
import { CopyField } from "../ui/CopyField.tsx"
import { Field } from "../ui/Field.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useForm } from "./use-form.ts"
import { useLoaded } from "./use-loaded.ts"

const MAY = {
  read: say("may look"),
  write: say("may change panels and state"),
  admin: say("may do all you may"),
}

/** Keys for programs: made, shown once, listed by their first characters, revoked. */
export default function KeysSection() {
  const { api } = useSession()
  const { value, error, reload } = useLoaded(useCallback(() => api.call(endpoints.listKeys), [api]))
  const [fresh, setFresh] = useState<{ readonly name: string; readonly key: string }>()

  const revoke = async ({ id, name }: KeyAnswer) => {
    const text = say("Programs that use it are refused at once, and what they have open is closed.")
    if (!(await confirm({ title: say("Revoke {name}?", { name }), text, action: say("Revoke key"), tone: "wrong" })))
      return
    try {
      await api.call(endpoints.revokeKey, { params: { key: id } })
    } catch (cause) {
      toast({ tone: "wrong", title: say("The key still works"), detail: sentence(cause) })
    }
    await reload()
  }

  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!value) return <Skeleton lines={4} label={say("Loading keys")} />
  return (
    <div className="flex flex-col gap-5">
      {fresh ? (
        <section
          aria-label={say("New key")}
          className="flex flex-col gap-3 rounded-control border border-line bg-sunken p-4"
        >
          <Notice tone="careful">
            {say("Copy the key of {name} now. It is kept only as a hash and cannot be shown again.", {
              name: fresh.name,
            })}
          </Notice>
          <CopyField label={say("API key")} text={fresh.key} />
        </section>
      ) : null}
      {value.keys.length === 0 ? <p className="text-14 text-soft">{say("No program signs in as you yet.")}</p> : null}
      <ul aria-label={say("API keys")} className="flex flex-col divide-y divide-line">
        {value.keys.map((key) => (
          <li key={key.id} className="flex items-center gap-3 py-2.5">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-14">
                {key.name} <code className="ms-1 font-mono text-12 text-soft">{key.prefix}…</code>
              </span>
              <span className="block text-12 text-soft">{aboutKey(key).join(" · ")}</span>
            </span>
            <Button small aria-label={say("Revoke {name}", { name: key.name })} onClick={() => revoke(key)}>
              {say("Revoke")}
            </Button>
          </li>
        ))}
      </ul>
      <MakeKey
        onMade={(made) => {
          setFresh(made)
          reload()
        }}
      />
    </div>
  )
}

function aboutKey({ scope, workspaces, expiresAt, lastUsedAt }: KeyAnswer): string[] {
  const count = workspaces?.length
  const now = Date.now()
  return [
    MAY[scope],
    ...(count === undefined ? [] : [say("{count, plural, one {in one workspace} other {in # workspaces}}", { count })]),
    lastUsedAt === undefined ? say("never used") : say("last used {ago}", { ago: ago(lastUsedAt, now) }),
    ...(expiresAt === undefined
      ? []
      : [expiresAt < now ? say("expired") : say("expires {ago}", { ago: ago(expiresAt, now) })]),
  ]
}

function MakeKey({ onMade }: { readonly onMade: (made: { readonly name: string; readonly key: string }) => void }) {
  const { api } = useSession()
  const workspaces = useLoaded(useCallback(() => api.call(endpoints.listWorkspaces), [api]))
  const [scopeId, placeId, timeId] = [useId(), useId(), useId()]
  const form = useForm(async (text) => {
    const [workspace, days] = [text("workspace"), Number(text("days"))]
    const made = await api.call(endpoints.createKey, {
      body: {
        name: text("name"),
        scope: KeyScope.parse(text("scope")),
        ...(workspace ? { workspaces: [workspace] } : {}),
        ...(days ? { expiresInDays: days } : {}),
      },
    })
    onMade({ name: made.name, key: made.key })
  })
  const select = "h-9 rounded-control border border-line-strong bg-surface px-2 text-14"
  return (
    <form
      onSubmit={form.submit}
      aria-label={say("New API key")}
      className="flex flex-col gap-3 border-line border-t pt-4"
    >
      <h3 className="font-medium text-14">{say("New key")}</h3>
      <Field label={say("What it is for")} name="name" placeholder={say("Nightly report")} required maxLength={100} />
      <div className="grid gap-3 sm:grid-cols-[1fr_1.4fr_1fr]">
        <span className="flex flex-col gap-1">
          <label htmlFor={scopeId} className="font-medium text-13">
            {say("What it may do")}
          </label>
          <select id={scopeId} name="scope" className={select} defaultValue="read">
            {KeyScope.options.map((scope) => (
              <option key={scope} value={scope}>
                {MAY[scope]}
              </option>
            ))}
          </select>
        </span>
        <span className="flex min-w-0 flex-col gap-1">
          <label htmlFor={placeId} className="font-medium text-13">
            {say("Where")}
          </label>
          <select id={placeId} name="workspace" className={select} defaultValue="">
            <option value="">{say("all workspaces")}</option>
            {workspaces.value?.workspaces.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </span>
        <span className="flex flex-col gap-1">
          <label htmlFor={timeId} className="font-medium text-13">
            {say("How long")}
          </label>
          <select id={timeId} name="days" className={select} defaultValue="90">
            <option value="7">{say("a week")}</option>
            <option value="90">{say("90 days")}</option>
            <option value="365">{say("a year")}</option>
            <option value="">{say("for good")}</option>
          </select>
        </span>
      </div>
      {form.error ? <Notice tone="wrong">{form.error}</Notice> : null}
      <Button type="submit" tone="primary" disabled={form.busy} className="self-start">
        {say("Make key")}
      </Button>
    </form>
  )
}
