import { endpoints } from "@nexus/protocol"
import { useCallback, useState } from "react"
import { useSession } from "../connect/session-context.ts"
import { ago } from "../ui/ago.ts"
import { Button } from "../ui/Button.tsx"
import { CopyField } from "../ui/CopyField.tsx"
import { Field } from "../ui/Field.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { QrCode } from "./QrCode.tsx"
import { RecoveryCodes } from "./RecoveryCodes.tsx"
import { useForm } from "./use-form.ts"
import { useLoaded } from "./use-loaded.ts"

/** A code of an authenticator after the password: turned on, looked at, turned off. */
export default function TwoStepSection() {
  const { api } = useSession()
  const { value, error, reload } = useLoaded(useCallback(() => api.call(endpoints.readSecondFactor), [api]))
  const [codes, setCodes] = useState<readonly string[]>()
  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!value) return <Skeleton lines={3} label={say("Loading")} />
  const onCodes = (made: readonly string[]) => {
    setCodes(made)
    reload()
  }
  return (
    <div className="flex max-w-[460px] flex-col gap-5">
      {codes ? <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} /> : null}
      {value.since === undefined ? (
        <TurnOn onCodes={onCodes} />
      ) : (
        <>
          <p className="text-14">
            {say("It is on since {ago}. {left} of 10 recovery codes are left.", {
              ago: ago(value.since, Date.now()),
              left: value.left,
            })}
          </p>
          <WithCode
            title={say("New recovery codes")}
            action={say("Make new codes")}
            text={say("The old ones stop working.")}
            act={async (code) =>
              onCodes((await api.call(endpoints.renewRecoveryCodes, { body: { code } })).recoveryCodes)
            }
          />
          <WithCode
            title={say("Turn it off")}
            action={say("Turn off")}
            text={say("Signing in takes the password alone then.")}
            withPassword
            act={async (code, password) => {
              await api.call(endpoints.disableSecondFactor, { body: { code, ...(password ? { password } : {}) } })
              setCodes(undefined)
              toast({ tone: "info", title: say("Two-step sign-in is off") })
              await reload()
            }}
          />
        </>
      )}
    </div>
  )
}

function TurnOn({ onCodes }: { readonly onCodes: (codes: readonly string[]) => void }) {
  const { api } = useSession()
  const [enrolled, setEnrolled] = useState<{ readonly secret: string; readonly uri: string }>()
  const begin = useForm(async (text) => {
    const password = text("password")
    setEnrolled(await api.call(endpoints.enrolSecondFactor, { body: password ? { password } : {} }))
  })
  const confirm = useForm(async (text) => {
    const { recoveryCodes } = await api.call(endpoints.confirmSecondFactor, { body: { code: text("code") } })
    onCodes(recoveryCodes)
  })
  if (!enrolled) {
    return (
      <form onSubmit={begin.submit} className="flex flex-col gap-4">
        <p className="text-14 text-soft">
          {say(
            "Signing in then takes your password and a code that an app on your phone shows. Whoever learns the password alone stays outside.",
          )}
        </p>
        <Field
          label={say("Your password")}
          name="password"
          type="password"
          autoComplete="current-password"
          hint={say("Leave it empty if you have none.")}
        />
        {begin.error ? <Notice tone="wrong">{begin.error}</Notice> : null}
        <Button type="submit" tone="primary" disabled={begin.busy} className="self-start">
          {say("Set up an authenticator")}
        </Button>
      </form>
    )
  }
  return (
    <form onSubmit={confirm.submit} className="flex flex-col gap-4">
      <p className="text-14">{say("Scan this with your authenticator app, or type the secret into it.")}</p>
      <QrCode text={enrolled.uri} label={say("The secret for your authenticator, as a picture to scan")} />
      <CopyField label={say("Secret")} text={enrolled.secret} />
      <Field
        label={say("Code that it shows")}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        required
        autoFocus
      />
      {confirm.error ? <Notice tone="wrong">{confirm.error}</Notice> : null}
      <Button type="submit" tone="primary" disabled={confirm.busy} className="self-start">
        {say("Turn on")}
      </Button>
    </form>
  )
}

interface WithCodeProps {
  readonly title: string
  readonly action: string
  readonly text: string
  readonly withPassword?: boolean
  readonly act: (code: string, password: string) => Promise<void>
}

/** An act that asks for a code again, however one came here. */
function WithCode({ title, action, text, withPassword, act }: WithCodeProps) {
  const form = useForm((field) => act(field("code"), field("password")))
  return (
    <form onSubmit={form.submit} aria-label={title} className="flex flex-col gap-3 border-line border-t pt-4">
      <h3 className="font-medium text-14">{title}</h3>
      <p className="text-13 text-soft">{text}</p>
      {withPassword ? (
        <Field label={say("Your password")} name="password" type="password" autoComplete="current-password" />
      ) : null}
      <Field label={say("Code, or a recovery code")} name="code" autoComplete="one-time-code" maxLength={40} required />
      {form.error ? <Notice tone="wrong">{form.error}</Notice> : null}
      <Button type="submit" disabled={form.busy} className="self-start">
        {action}
      </Button>
    </form>
  )
}
