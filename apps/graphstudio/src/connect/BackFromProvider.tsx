import { endpoints, type SecondStep } from "@nexus/protocol"
import { useEffect, useState } from "react"
import { Skeleton } from "../ui/Skeleton.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { providerPurpose } from "./go-to-provider.ts"
import { navigate } from "./route.ts"
import SecondStepForm from "./SecondStepForm.tsx"
import { SignIn } from "./SignIn.tsx"
import { sentence } from "./sentence.ts"
import { useSession, useSessionState } from "./session-context.ts"
import { Welcome } from "./Welcome.tsx"

/** Hands on what the provider answered, once, and goes on to the desk or back to the account. */
export default function BackFromProvider() {
  const session = useSession()
  const { status } = useSessionState()
  const [answer] = useState(() => location.search)
  const [connects] = useState(() => providerPurpose() === "connect" && status === "signed-in")
  const [step, setStep] = useState<SecondStep>()
  const [failed, setFailed] = useState<string>()

  useEffect(() => {
    let here = true
    const connect = async () => {
      try {
        await connectOnce(session.api, answer)
        toast({ tone: "good", title: say("Connected") })
      } catch (cause) {
        toast({ tone: "wrong", title: say("Not connected"), detail: sentence(cause) })
      }
      if (here) navigate({ at: "account", section: "connected" }, true)
    }
    const signIn = async () => {
      try {
        const next = await session.signInByProvider(answer)
        if (!here) return
        if (next) setStep(next)
        else navigate({ at: "home" }, true)
      } catch (cause) {
        if (here) setFailed(sentence(cause))
      }
    }
    if (connects) connect()
    else signIn()
    return () => {
      here = false
    }
  }, [session, answer, connects])

  useEffect(() => {
    if (step && status === "signed-in") navigate({ at: "home" }, true)
  }, [step, status])

  if (step) return <SecondStepForm step={step} onBack={() => navigate({ at: "home" }, true)} />
  if (failed) return <SignIn reason={say("Signing in elsewhere did not work.")} failed={failed} />
  return (
    <Welcome title={connects ? say("Connecting your account") : say("Signing you in")}>
      <Skeleton lines={2} label={say("One moment")} />
    </Welcome>
  )
}

const connecting = new Map<string, Promise<unknown>>()

function connectOnce(api: ReturnType<typeof useSession>["api"], answer: string): Promise<unknown> {
  const known = connecting.get(answer) ?? api.call(endpoints.finishProviderLink, { body: { answer } })
  connecting.set(answer, known)
  return known
}
