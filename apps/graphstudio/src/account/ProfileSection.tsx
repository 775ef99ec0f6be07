import { endpoints } from "@nexus/protocol"
import { useSession } from "../connect/session-context.ts"
import { Button } from "../ui/Button.tsx"
import { Field } from "../ui/Field.tsx"
import { Notice } from "../ui/Notice.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import type { SectionProps } from "./section-props.ts"
import { useForm } from "./use-form.ts"

/** Name and address, as others see them. */
export default function ProfileSection({ user }: SectionProps) {
  const session = useSession()
  const form = useForm(async (text) => {
    const [email, password] = [text("email"), text("password")]
    const answer = await session.api.call(endpoints.renameMe, {
      body: {
        name: text("name"),
        ...(email && email !== user.email ? { email } : {}),
        ...(password ? { password } : {}),
      },
    })
    session.rename(answer.user)
    toast({ tone: "good", title: say("Saved") })
  })
  return (
    <form key={`${user.name} ${user.email}`} onSubmit={form.submit} className="flex max-w-[420px] flex-col gap-4">
      <Field label={say("Name")} name="name" autoComplete="name" defaultValue={user.name} required maxLength={100} />
      <Field
        label={say("Email")}
        name="email"
        type="email"
        autoComplete="email"
        defaultValue={user.email}
        hint={user.email ? undefined : say("With an address and a password you can sign in from other devices.")}
      />
      <Field
        label={say("Your password")}
        name="password"
        type="password"
        autoComplete="current-password"
        hint={say("Only to change the address, and only if you have one.")}
      />
      {form.error ? <Notice tone="wrong">{form.error}</Notice> : null}
      <Button type="submit" tone="primary" disabled={form.busy} className="self-start">
        {say("Save")}
      </Button>
    </form>
  )
}
