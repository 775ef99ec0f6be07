import { endpoints } from "@nexus/protocol"
import { useSession } from "../connect/session-context.ts"
import { Button } from "../ui/Button.tsx"
import { Field } from "../ui/Field.tsx"
import { Notice } from "../ui/Notice.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useForm } from "./use-form.ts"

/** A new password; everybody else who is signed in as this person is out then. */
export default function PasswordSection() {
  const { api } = useSession()
  const form = useForm(async (text) => {
    const current = text("current")
    const body = { password: text("password"), ...(current ? { current } : {}) }
    const { ended } = await api.call(endpoints.changePassword, { body })
    const detail =
      ended === 0
        ? undefined
        : say("You were signed out in {count, plural, one {one other place} other {# other places}}.", { count: ended })
    toast({ tone: "good", title: say("The new password counts from now on"), detail })
  })
  return (
    <form onSubmit={form.submit} className="flex max-w-[420px] flex-col gap-4">
      <Field
        label={say("Password of now")}
        name="current"
        type="password"
        autoComplete="current-password"
        hint={say("Leave it empty if you have none yet.")}
      />
      <Field
        label={say("New password")}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={8}
        maxLength={256}
        required
        hint={say("At least 8 characters. A few words that belong together for you alone are better than signs.")}
      />
      {form.error ? <Notice tone="wrong">{form.error}</Notice> : null}
      <Button type="submit" tone="primary" disabled={form.busy} className="self-start">
        {say("Change password")}
      </Button>
      <p className="text-12 text-soft">{say("All your other sessions end, here you stay signed in.")}</p>
    </form>
  )
}
