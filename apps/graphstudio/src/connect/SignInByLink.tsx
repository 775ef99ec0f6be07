import { useEffect, useState } from "react"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { navigate } from "./route.ts"
import { SignIn } from "./SignIn.tsx"
import { linkSentence } from "./sentence.ts"
import { useSession } from "./session-context.ts"
import { Welcome } from "./Welcome.tsx"

/** Spends the one-time code of a sign-in link and goes on to the desk. */
export function SignInByLink({ code }: { readonly code: string }) {
  const session = useSession()
  const [failed, setFailed] = useState<string>()

  useEffect(() => {
    let here = true
    session.signInByLink(code).then(
      () => here && navigate({ at: "home" }, true),
      (error: unknown) => here && setFailed(linkSentence(error, say("Copy all of it from where Nexus was started."))),
    )
    return () => {
      here = false
    }
  }, [session, code])

  if (failed) return <SignIn reason={say("This sign-in link did not work.")} failed={failed} />
  return (
    <Welcome title={say("Signing you in")}>
      <Skeleton lines={2} label={say("Signing in")} />
    </Welcome>
  )
}
