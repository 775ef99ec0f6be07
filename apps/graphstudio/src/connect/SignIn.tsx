import type { SecondStep } from "@nexus/protocol"
import { type FormEvent, useState } from "react"
import { Button } from "../ui/Button.tsx"
import { Field } from "../ui/Field.tsx"
import { Notice } from "../ui/Notice.tsx"
import { onDemand } from "../ui/on-demand.tsx"
import { say } from "../words/say.ts"
import { sentence } from "./sentence.ts"
import { useSession } from "./session-context.ts"
import { Welcome } from "./Welcome.tsx"

const ProviderButton = onDemand(() => import("./ProviderButton.tsx"))
const SecondStepForm = onDemand(() => import("./SecondStepForm.tsx"))

interface SignInProps {
  /** Why the person is here, when it is not plain: a link that brought them, or one that failed. */
  readonly reason?: string | undefined
  readonly failed?: string | undefined
}

/** Sign in, or make an account; one page, one press between the two. */
export function SignIn({ reason, failed }: SignInProps) {
  const session = useSession()
  const [isNew, setIsNew] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState(failed)
  const [step, setStep] = useState<SecondStep>()

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? "")
    setBusy(true)
    setError(undefined)
    try {
      if (isNew) await session.register(text("name"), text("email"), text("password"))
      else setStep(await session.signIn(text("email"), text("password")))
      setBusy(false)
    } catch (cause) {
      setError(sentence(cause))
      setBusy(false)
    }
  }

  if (step) return <SecondStepForm step={step} onBack={() => setStep(undefined)} />
  return (
    <Welcome
      title={isNew ? say("Create your account") : say("Sign in")}
      text={reason ?? (isNew ? say("Your first panel is a minute away.") : say("Welcome back to your desk."))}
    >
      <form key={String(isNew)} onSubmit={submit} className="flex flex-col gap-4">
        {isNew ? (
          <Field label={say("Name")} name="name" autoComplete="name" required maxLength={100} autoFocus />
        ) : null}
        <Field label={say("Email")} name="email" type="email" autoComplete="email" required autoFocus={!isNew} />
        <Field
          label={say("Password")}
          name="password"
          type="password"
          autoComplete={isNew ? "new-password" : "current-password"}
          minLength={isNew ? 8 : 1}
          required
          hint={isNew ? say("At least 8 characters.") : undefined}
        />
        {error ? <Notice tone="wrong">{error}</Notice> : null}
        <Button type="submit" tone="primary" disabled={busy} className="h-9">
          {isNew ? say("Create account") : say("Sign in")}
        </Button>
      </form>
      <ProviderButton />
      <p className="mt-5 text-center text-13 text-soft">
        {isNew ? say("Already have an account?") : say("New here?")}{" "}
        <button
          type="button"
          className="rounded-[4px] font-medium text-accent hover:underline"
          onClick={() => {
            setIsNew(!isNew)
            setError(undefined)
          }}
        >
          {isNew ? say("Sign in instead") : say("Create an account")}
        </button>
      </p>
    </Welcome>
  )
}
