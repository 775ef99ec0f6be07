import { endpoints, type IdentityAnswer } from "@nexus/protocol"
import { useCallback } from "react"
import { goToProvider } from "../connect/go-to-provider.ts"
import { sentence } from "../connect/sentence.ts"
import { useSession } from "../connect/session-context.ts"
import { ago } from "../ui/ago.ts"
import { confirm } from "../ui/ask.ts"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useLoaded } from "./use-loaded.ts"

/** Accounts elsewhere that sign one in here. */
export default function ConnectedSection() {
  const { api } = useSession()
  const { value, error, reload } = useLoaded(useCallback(() => api.call(endpoints.listIdentities), [api]))

  const remove = async ({ id, email, issuer }: IdentityAnswer) => {
    const name = email || new URL(issuer).host
    const text = say("It signs you in here no more. To connect it again you sign in there.")
    if (!(await confirm({ title: say("Disconnect {name}?", { name }), text, action: say("Disconnect") }))) return
    try {
      await api.call(endpoints.removeIdentity, { params: { identity: id } })
      toast({ tone: "good", title: say("Disconnected") })
    } catch (cause) {
      toast({ tone: "wrong", title: say("Still connected"), detail: sentence(cause) })
    }
    await reload()
  }
  const connect = () =>
    goToProvider(api, "connect").catch((cause: unknown) =>
      toast({ tone: "wrong", title: say("The provider was not reached"), detail: sentence(cause) }),
    )

  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!value) return <Skeleton lines={3} label={say("Loading")} />
  return (
    <div className="flex flex-col gap-4">
      {value.identities.length === 0 ? (
        <p className="text-14 text-soft">
          {value.provider
            ? say("You sign in here alone so far. Connect an account to sign in with it too.")
            : say("This installation knows no other place to sign in with.")}
        </p>
      ) : null}
      <ul aria-label={say("Connected accounts")} className="flex flex-col divide-y divide-line">
        {value.identities.map((identity) => (
          <li key={identity.id} className="flex items-center gap-3 py-2.5">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-14">
                {identity.email || new URL(identity.issuer).host}
              </span>
              <span className="block truncate text-12 text-soft">
                {say("{host} · last used {ago}", {
                  host: new URL(identity.issuer).host,
                  ago: ago(identity.lastUsedAt, Date.now()),
                })}
              </span>
            </span>
            <Button small onClick={() => remove(identity)}>
              {say("Disconnect")}
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
