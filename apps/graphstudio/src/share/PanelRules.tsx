import { endpoints, type MemberAnswer, type NarrowedSubject, type NarrowingRule, PanelLevel } from "@nexus/protocol"
import { useEffect, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk, usePanels } from "../workspace/desk-context.ts"

const LEVELS = {
  hidden: say("may not know of it"),
  look: say("may look"),
  run: say("may look and run"),
  change: say("may do what the role says"),
} satisfies Record<PanelLevel, string>
const ROLES = { "role:editor": say("Editors"), "role:viewer": say("Viewers") } as const
const FIELD = "h-8 min-w-0 flex-1 rounded-control border border-line-strong bg-surface px-2 text-13 phone:basis-full"

/** Single panels that some may do less with than their role says; for owners. */
export function PanelRules({ members }: { readonly members: readonly MemberAnswer[] }) {
  const { api, workspace } = useDesk()
  const panels = usePanels()
  const [rules, setRules] = useState<readonly NarrowingRule[]>([])
  const [error, setError] = useState<string>()
  const [panel, setPanel] = useState("")
  const [whom, setWhom] = useState("role:viewer")
  const [level, setLevel] = useState<PanelLevel>("look")

  useEffect(() => {
    let here = true
    api.call(endpoints.listNarrowing, { params: { workspace } }).then(
      (answer) => here && setRules(answer.rules),
      (cause: unknown) => here && setError(sentence(cause)),
    )
    return () => {
      here = false
    }
  }, [api, workspace])

  const chosen = panel === "" ? panels[0]?.id : panel
  const set = async (id: string, subject: NarrowedSubject, to: PanelLevel) => {
    setError(undefined)
    try {
      const params = { workspace, panel: id }
      setRules((await api.call(endpoints.setNarrowing, { params, body: { subject, level: to } })).rules)
    } catch (cause) {
      setError(sentence(cause))
    }
  }
  const lift = async ({ panel: id, subject, level: before }: NarrowingRule) => {
    await set(id, subject, "change")
    toast({
      title: say("Nothing narrows {title} for {name} any more", { title: titleOf(id), name: nameOf(subject) }),
      action: { label: say("Undo"), run: () => set(id, subject, before) },
    })
  }
  const narrowed = members.filter(({ role }) => role !== "owner")
  const nameOf = (subject: NarrowedSubject) =>
    "role" in subject
      ? ROLES[`role:${subject.role}`]
      : (members.find(({ user }) => user.id === subject.user)?.user.name ?? say("Former member"))
  const titleOf = (id: string) => panels.find((entity) => entity.id === id)?.properties.title ?? say("a removed panel")

  return (
    <section aria-label={say("Single panels")} className="flex flex-col gap-3">
      <p className="text-13 text-soft">
        {say("With a single panel some may do less than their role says. Owners are never narrowed.")}
      </p>
      {rules.length === 0 ? (
        <p className="text-13">{say("Everybody may do with every panel what their role says.")}</p>
      ) : (
        <ul aria-label={say("Narrowed panels")} className="flex flex-col gap-1.5">
          {rules.map((rule) => (
            <li key={JSON.stringify([rule.panel, rule.subject])} className="flex items-center gap-2 text-13">
              <span className="min-w-0 flex-1 truncate">
                {nameOf(rule.subject)} {LEVELS[rule.level]}: {titleOf(rule.panel)}
              </span>
              <Button small onClick={() => lift(rule)}>
                {say("Lift")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {chosen === undefined ? null : (
        <div className="flex flex-wrap gap-2">
          <select
            aria-label={say("Panel")}
            className={FIELD}
            value={chosen}
            onChange={(e) => setPanel(e.currentTarget.value)}
          >
            {panels.map(({ id, properties }) => (
              <option key={id} value={id}>
                {properties.title}
              </option>
            ))}
          </select>
          <select
            aria-label={say("For whom")}
            className={FIELD}
            value={whom}
            onChange={(e) => setWhom(e.currentTarget.value)}
          >
            {Object.entries(ROLES).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
            {narrowed.map(({ user }) => (
              <option key={user.id} value={user.id}>
                {user.name}
              </option>
            ))}
          </select>
          <select
            aria-label={say("At most")}
            className={FIELD}
            value={level}
            onChange={(e) => setLevel(PanelLevel.parse(e.currentTarget.value))}
          >
            {(["run", "look", "hidden"] as const).map((value) => (
              <option key={value} value={value}>
                {LEVELS[value]}
              </option>
            ))}
          </select>
          <Button onClick={() => set(chosen, subjectOf(whom), level)}>{say("Narrow")}</Button>
        </div>
      )}
      {error ? <Notice tone="wrong">{error}</Notice> : null}
    </section>
  )
}

function subjectOf(whom: string): NarrowedSubject {
  if (whom === "role:editor") return { role: "editor" }
  return whom === "role:viewer" ? { role: "viewer" } : { user: whom }
}
