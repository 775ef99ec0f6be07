import { endpoints } from "@nexus/protocol"
import { Download } from "lucide-react"
import { useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { useSession } from "../connect/session-context.ts"
import { Button } from "../ui/Button.tsx"
import { Field } from "../ui/Field.tsx"
import { Notice } from "../ui/Notice.tsx"
import { saveFile } from "../ui/save-file.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import type { SectionProps } from "./section-props.ts"
import { useForm } from "./use-form.ts"

/** Everything kept about a person, given to them, or taken away for good. */
export default function PrivacySection({ user }: SectionProps) {
  return (
    <div className="flex flex-col gap-7">
      <TakeEverything />
      <Erase user={user} />
    </div>
  )
}

function TakeEverything() {
  const { api } = useSession()
  const [busy, setBusy] = useState(false)
  const take = async () => {
    setBusy(true)
    try {
      const answer = await api.open(endpoints.exportMe)
      saveFile(await answer.blob(), "nexus-account.json")
    } catch (cause) {
      toast({ tone: "wrong", title: say("Nothing was exported"), detail: sentence(cause) })
    }
    setBusy(false)
  }
  return (
    <section aria-labelledby="take-everything" className="flex flex-col gap-3">
      <h3 id="take-everything" className="font-medium text-14">
        {say("Everything kept about you")}
      </h3>
      <p className="text-14 text-soft">
        {say(
          "One JSON file with your account, the workspaces you are in, your sessions and API keys, and what the audit log says about you. It holds no password, token or key. What is in a workspace you export there.",
        )}
      </p>
      <Button icon={<Download size={15} />} className="self-start" disabled={busy} onClick={take}>
        {say("Export my account")}
      </Button>
    </section>
  )
}

function Erase({ user }: SectionProps) {
  const session = useSession()
  const [typed, setTyped] = useState("")
  const form = useForm(async (text) => {
    const password = text("password")
    const body = { confirm: text("confirm"), ...(password === "" ? {} : { password }) }
    await session.api.call(endpoints.eraseMe, { body })
    session.forget()
  })
  return (
    <section aria-labelledby="erase" className="flex flex-col gap-3 border-line border-t pt-6">
      <h3 id="erase" className="font-medium text-14">
        {say("Erase my account")}
      </h3>
      <div className="text-14 text-soft">
        <p>{say("This cannot be undone. Gone at once:")}</p>
        <ul className="my-1.5 list-disc ps-5">
          <li>{say("your account, sessions, API keys and memberships")}</li>
          <li>{say("the workspaces that nobody else is a member of, with all that is in them")}</li>
        </ul>
        <p>{say("What stays, and why:")}</p>
        <ul className="mt-1.5 list-disc ps-5">
          <li>
            {say(
              "In workspaces that others are in, your changes, with the name you had: without who made them their history could not be read.",
            )}
          </li>
          <li>
            {say(
              "In the audit log, that something was done, by a “Former member”. Addresses are erased from it; the chain that proves the log still holds.",
            )}
          </li>
        </ul>
      </div>
      <form onSubmit={form.submit} aria-label={say("Erase my account")} className="flex max-w-96 flex-col gap-3">
        <Field
          label={say("Type your name, {name}, to say that you mean it", { name: user.name })}
          name="confirm"
          autoComplete="off"
          required
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Field
          label={say("Your password")}
          name="password"
          type="password"
          autoComplete="current-password"
          hint={say("Leave it empty if you sign in without one.")}
        />
        {form.error ? <Notice tone="wrong">{form.error}</Notice> : null}
        <Button type="submit" tone="wrong" className="self-start" disabled={form.busy || typed !== user.name}>
          {say("Erase my account")}
        </Button>
      </form>
    </section>
  )
}
