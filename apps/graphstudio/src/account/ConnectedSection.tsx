import { endpoints, type IdentityAnswer } from "@nexus/protocol"
import { useCallback } from "react"
import { goToProvider } from "../connect/go-to-provider.ts"
import { sentence } from "../connect/sentence.ts"
import { useSession } from "../connect/session-context.ts"
import { ago } from "../ui/ago.ts"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { toast } from "../ui/toasts.ts"
import { useLoaded } from "./use-loaded.ts"

/** Accounts elsewhere that sign one in here. */
export default function ConnectedSection() {
  const { api } = useSession()
  const { value, error, reload } = useLoaded(useCallback(() => api.call(endpoints.listIdentities), [api]))

  const remove = async ({ id }: IdentityAnswer) => {
    try {
      await api.call(endpoints.removeIdentity, { params: { identity: id } })
      toast({ tone: "good", title: "Disconnected" })
    } catch (cause) {
      toast({ tone: "wrong", title: "Still connected", detail: sentence(cause) })
    }
    await reload()
  }
  const connect = () =>
    goToProvider(api, "connect").catch((cause: unknown) =>
      toast({ tone: "wrong", title: "The provider was not reached", detail: sentence(cause) }),
    )

  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!value) return <Skeleton lines={3} label="Loading" />
  return (
    <div className="flex flex-col gap-4">
      {value.identities.length === 0 ? (
        <p className="text-14 text-soft">
          {value.provider
            ? "You sign in here alone so far. Connect an account to sign in with it too."
            : "This installation knows no other place to sign in with."}
        </p>
      ) : null}
      <ul aria-label="Connected accounts" className="flex flex-col divide-y divide-line">
        {value.identities.map((identity) => (
          <li key={identity.id} className="flex items-center gap-3 py-2.5">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-14">
                {identity.email || new URL(identity.issuer).host}
              </span>
              <span className="block truncate text-12 text-soft">
                {new URL(identity.issuer).host} · last used {ago(identity.lastUsedAt, Date.now())}
              </span>
            </span>
            <Button small onClick={() => remove(identity)}>
              Disconnect
            </Button>
          </li>
        ))}
      </ul>
      {value.provider ? (
        <Button className="self-start" onClick={connect}>
          {value.provider}
        </Button>
      ) : null}
    </div>
  )
}
