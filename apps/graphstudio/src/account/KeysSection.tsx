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
import { useForm } from "./use-form.ts"
import { useLoaded } from "./use-loaded.ts"

const MAY = { read: "may look", write: "may change panels and state", admin: "may do all you may" }

/** Keys for programs: made, shown once, listed by their first characters, revoked. */
export default function KeysSection() {
  const { api } = useSession()
  const { value, error, reload } = useLoaded(useCallback(() => api.call(endpoints.listKeys), [api]))
  const [fresh, setFresh] = useState<{ readonly name: string; readonly key: string }>()

  const revoke = async ({ id, name }: KeyAnswer) => {
    const text = "Programs that use it are refused at once, and what they have open is closed."
    if (!(await confirm({ title: `Revoke ${name}?`, text, action: "Revoke key", tone: "wrong" }))) return
    try {
      await api.call(endpoints.revokeKey, { params: { key: id } })
    } catch (cause) {
      toast({ tone: "wrong", title: "The key still works", detail: sentence(cause) })
    }
    await reload()
  }

  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!value) return <Skeleton lines={4} label="Loading keys" />
  return (
    <div className="flex flex-col gap-5">
      {fresh ? (
        <section aria-label="New key" className="flex flex-col gap-3 rounded-control border border-line bg-sunken p-4">
          <Notice tone="careful">
            Copy the key of {fresh.name} now. It is kept only as a hash and cannot be shown again.
          </Notice>
          <CopyField label="API key" text={fresh.key} />
        </section>
      ) : null}
      {value.keys.length === 0 ? <p className="text-14 text-soft">No program signs in as you yet.</p> : null}
      <ul aria-label="API keys" className="flex flex-col divide-y divide-line">
        {value.keys.map((key) => (
          <li key={key.id} className="flex items-center gap-3 py-2.5">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-14">
                {key.name} <code className="ms-1 font-mono text-12 text-soft">{key.prefix}…</code>
              </span>
              <span className="block text-12 text-soft">{aboutKey(key).join(" · ")}</span>
            </span>
            <Button small aria-label={`Revoke ${key.name}`} onClick={() => revoke(key)}>
              Revoke
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
    ...(count === undefined ? [] : [count === 1 ? "in one workspace" : `in ${count} workspaces`]),
    lastUsedAt === undefined ? "never used" : `last used ${ago(lastUsedAt, now)}`,
    ...(expiresAt === undefined ? [] : [expiresAt < now ? "expired" : `expires ${ago(expiresAt, now)}`]),
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
    <form onSubmit={form.submit} aria-label="New API key" className="flex flex-col gap-3 border-line border-t pt-4">
      <h3 className="font-medium text-14">New key</h3>
      <Field label="What it is for" name="name" placeholder="Nightly report" required maxLength={100} />
      <div className="grid gap-3 sm:grid-cols-3">
        <span className="flex flex-col gap-1">
          <label htmlFor={scopeId} className="font-medium text-13">
            It
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
            In
          </label>
          <select id={placeId} name="workspace" className={select} defaultValue="">
            <option value="">all workspaces</option>
            {workspaces.value?.workspaces.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </span>
        <span className="flex flex-col gap-1">
          <label htmlFor={timeId} className="font-medium text-13">
            For
          </label>
          <select id={timeId} name="days" className={select} defaultValue="90">
            <option value="7">a week</option>
            <option value="90">90 days</option>
            <option value="365">a year</option>
            <option value="">good</option>
          </select>
        </span>
      </div>
      {form.error ? <Notice tone="wrong">{form.error}</Notice> : null}
      <Button type="submit" tone="primary" disabled={form.busy} className="self-start">
        Make key
      </Button>
    </form>
  )
}
