import { endpoints, type SessionAnswer } from "@nexus/protocol"
import { useCallback } from "react"
import { sentence } from "../connect/sentence.ts"
import { useSession } from "../connect/session-context.ts"
import { ago } from "../ui/ago.ts"
import { confirm } from "../ui/ask.ts"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { toast } from "../ui/toasts.ts"
import { say, sayAgain } from "../words/say.ts"
import { useLoaded } from "./use-loaded.ts"

const BY = {
  password: say("signed in with a password"),
  link: say("signed in with a sign-in link"),
  provider: say("signed in with a connected account"),
}

/** Where one is signed in, and the way out of each. */
export default function SessionsSection() {
  const session = useSession()
  const { api } = session
  const { value, error, reload } = useLoaded(useCallback(() => api.call(endpoints.listSessions), [api]))

  const end = async ({ id, device }: SessionAnswer) => {
    try {
      await api.call(endpoints.endSession, { params: { session: id } })
      toast({ tone: "good", title: say("Signed out: {device}", { device: device || say("Unknown device") }) })
    } catch (cause) {
      toast({ tone: "wrong", title: say("Still signed in there"), detail: sentence(cause) })
    }
    await reload()
  }
  const everywhere = async () => {
    const question = {
      title: say("Sign out everywhere?"),
      text: say("Every browser and device that is signed in as you is out at once, this one too. API keys stay."),
      action: say("Sign out everywhere"),
      tone: "wrong" as const,
    }
    if (!(await confirm(question))) return
    try {
      await api.call(endpoints.logoutEverywhere)
      session.forget()
    } catch (cause) {
      toast({ tone: "wrong", title: say("You are still signed in"), detail: sentence(cause) })
    }
  }

  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!value) return <Skeleton lines={4} label={say("Loading sessions")} />
  return (
    <div className="flex flex-col gap-4">
      <ul aria-label={say("Sessions")} className="flex flex-col divide-y divide-line">
        {value.sessions.map((one) => (
          <li key={one.id} className="flex items-center gap-3 py-2.5">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-14">
                {one.device || say("Unknown device")}
                {one.current ? <span className="ms-2 text-12 text-good">{say("this one")}</span> : null}
              </span>
              <span className="block text-12 text-soft">
                {[
                  one.address && sayAgain(one.address),
                  BY[one.method],
                  say("last used {ago}", { ago: ago(one.lastUsedAt, Date.now()) }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            {one.current ? null : (
              <Button
                small
                aria-label={say("Sign out {device}", { device: one.device || say("Unknown device") })}
                onClick={() => end(one)}
              >
                {say("Sign out")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button tone="wrong" className="self-start" onClick={everywhere}>
        {say("Sign out everywhere")}
      </Button>
    </div>
  )
}
