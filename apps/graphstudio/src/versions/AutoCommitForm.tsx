import { type AutoCommit, endpoints } from "@nexus/protocol"
import { useId } from "react"
import { sentence } from "../connect/sentence.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { noteCommit, useVersions } from "./history.ts"
import { Section } from "./Section.tsx"

const CHOICES: readonly { readonly label: string; readonly set: AutoCommit }[] = [
  { label: say("Only when somebody does"), set: { when: "off" } },
  { label: say("After 20 changes"), set: { when: "changes", count: 20 } },
  { label: say("After 100 changes"), set: { when: "changes", count: 100 } },
  { label: say("After 5 quiet minutes"), set: { when: "quiet", minutes: 5 } },
  { label: say("After 30 quiet minutes"), set: { when: "quiet", minutes: 30 } },
  { label: say("Once a day"), set: { when: "daily" } },
]

/** When the kernel commits by itself. */
export function AutoCommitForm({ editable }: { readonly editable: boolean }) {
  const { api, workspace } = useDesk()
  const id = useId()
  const params = { workspace }
  const { value } = useVersions(() => api.call(endpoints.readAutoCommit, { params }))
  if (!value) return null
  const key = JSON.stringify(value)
  const known = CHOICES.some(({ set }) => JSON.stringify(set) === key)
  const choices = known ? CHOICES : [...CHOICES, { label: inWords(value), set: value }]
  const choose = async (text: string) => {
    const chosen = choices.find(({ set }) => JSON.stringify(set) === text)
    if (!chosen) return
    try {
      await api.call(endpoints.setAutoCommit, { params, body: { autoCommit: chosen.set } })
      noteCommit()
    } catch (cause) {
      toast({ tone: "wrong", title: say("That was not set"), detail: sentence(cause) })
    }
  }
  return (
    <Section title={say("Commit by itself")}>
      <label htmlFor={id} className="text-12 text-soft">
        {say("When a version is made without being asked for")}
      </label>
      <select
        id={id}
        value={key}
        disabled={!editable}
        onChange={(event) => choose(event.target.value)}
        className="h-9 rounded-control border border-line-strong bg-surface px-2 text-13"
      >
        {choices.map(({ label, set }) => (
          <option key={label} value={JSON.stringify(set)}>
            {label}
          </option>
        ))}
      </select>
    </Section>
  )
}

function inWords(set: AutoCommit): string {
  if (set.when === "changes")
    return say("After {count, plural, one {# change} other {# changes}}", { count: set.count })
  if (set.when === "quiet")
    return say("After {count, plural, one {# quiet minute} other {# quiet minutes}}", { count: set.minutes })
  return set.when
}
