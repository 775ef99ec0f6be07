import { endpoints } from "@nexus/protocol"
import { useEffect, useState } from "react"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { say } from "../words/say.ts"
import { goToProvider } from "./go-to-provider.ts"
import { sentence } from "./sentence.ts"
import { useSession } from "./session-context.ts"

/** The way to sign in elsewhere, where this installation has one. */
export default function ProviderButton() {
  const { api } = useSession()
  const [label, setLabel] = useState<string>()
  const [error, setError] = useState<string>()

  useEffect(() => {
    let here = true
    api.call(endpoints.listSignInWays).then(
      ({ provider }) => here && setLabel(provider),
      // The password is still a way in; what is wrong shows when it is tried.
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [api])

  if (!label) return null
  return (
    <div className="nx-fade mt-4 flex flex-col gap-3">
      <div className="flex items-center gap-3 text-12 text-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {say("or")}
      </div>
      <Button
        className="h-9"
        onClick={() => goToProvider(api, "sign in").catch((cause: unknown) => setError(sentence(cause)))}
      >
        {label}
      </Button>
      {error ? <Notice tone="wrong">{error}</Notice> : null}
    </div>
  )
}
