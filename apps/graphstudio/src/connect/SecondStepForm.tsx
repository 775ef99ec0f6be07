import type { SecondStep } from "@nexus/protocol"
import { type FormEvent, useState } from "react"
import { Button } from "../ui/Button.tsx"
import { Field } from "../ui/Field.tsx"
import { Notice } from "../ui/Notice.tsx"
import { say } from "../words/say.ts"
import { sentence } from "./sentence.ts"
import { useSession } from "./session-context.ts"
import { Welcome } from "./Welcome.tsx"

interface SecondStepFormProps {
  readonly step: SecondStep
  readonly onBack: () => void
}

/** The code after the password: of the authenticator, or one that was kept for the day it is gone. */
export default function SecondStepForm({ step, onBack }: SecondStepFormProps) {
  const session = useSession()
  const [recovery, setRecovery] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get("code") ?? "")
    setBusy(true)
    setError(undefined)
    try {
      await session.takeSecondStep(step, code)
    } catch (cause) {
      setError(sentence(cause))
      setBusy(false)
    }
  }

  return (
    <Welcome
      title={say("One more step")}
      text={
        recovery
          ? say("Type one of the recovery codes you kept.")
          : say("Type the code that your authenticator shows now.")
      }
    >
      <form key={String(recovery)} onSubmit={submit} className="flex flex-col gap-4">
        {recovery ? (
          <Field label={say("Recovery code")} name="code" autoComplete="off" maxLength={40} required autoFocus />
        ) : (
          <Field
            label={say("Code")}
            name="code"
            autoComplete="one-time-code"
            inputMode="numeric"
            pattern="[0-9 ]{6,7}"
            title={say("Six digits")}
            maxLength={7}
            required
            autoFocus
          />
        )}
        {error ? <Notice tone="wrong">{error}</Notice> : null}
        <Button type="submit" tone="primary" disabled={busy} className="h-9">
          {say("Sign in")}
        </Button>
      </form>
      <p className="mt-5 flex justify-between text-13 text-soft">
        <button type="button" className="rounded-[4px] font-medium text-accent hover:underline" onClick={onBack}>
          {say("Back")}
        </button>
        <button
          type="button"
          className="rounded-[4px] font-medium text-accent hover:underline"
          onClick={() => {
            setRecovery(!recovery)
            setError(undefined)
          }}
        >
          {recovery ? say("Use the authenticator") : say("Use a recovery code")}
        </button>
      </p>
    </Welcome>
  )
}
